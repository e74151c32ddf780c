import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from './client';

export type Rule = Schemas['Rule'];
export type RuleParameter = Schemas['RuleParameter'];
export type RuleSettings = Schemas['RuleSettingsView'];
export type RuleScope = Required<Schemas['ScopeBody']>;
export type RuleVersion = Schemas['RuleVersion'];
export type Backtest = Schemas['Backtest'];
export type Suggestion = Schemas['Suggestion'];
export type Proposal = Schemas['Proposal'];
export type ProposalList = Schemas['ProposalList'];
export type Costs = Schemas['Costs'];
export type ParameterValue = RuleSettings['parameters'][string];

export const RULES = ['rules'] as const;
const query = (warehouse_id: string | undefined) => (warehouse_id ? { warehouse_id } : {});

/** Every rule as it is in a warehouse; without one, as it is by default. */
export const ruleListQuery = (warehouse?: string) =>
  queryOptions({
    queryKey: [...RULES, 'list', warehouse ?? null],
    queryFn: ({ signal }) =>
      answered(api.GET('/rules', { params: { query: query(warehouse) }, signal })),
  });

export const ruleKey = (code: string, warehouse?: string) =>
  [...RULES, 'one', code, warehouse ?? null] as const;

export const ruleQuery = (code: string, warehouse?: string) =>
  queryOptions({
    queryKey: ruleKey(code, warehouse),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/rules/{code}', { params: { path: { code }, query: query(warehouse) }, signal }),
      ),
  });

export const suggestionQuery = (code: string, warehouse: string, version: number) =>
  queryOptions({
    queryKey: [...ruleKey(code, warehouse), 'suggestion', version],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/rules/{code}/suggestion', {
          params: { path: { code }, query: { warehouse_id: warehouse } },
          signal,
        }),
      ),
  });

/** What the verdicts on its anomalies suggest to exclude. */
export const proposalsQuery = (code: string, warehouse: string, version: number) =>
  queryOptions({
    queryKey: [...ruleKey(code, warehouse), 'proposals', version],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/rules/{code}/proposals', {
          params: { path: { code }, query: { warehouse_id: warehouse } },
          signal,
        }),
      ),
  });

export const ruleVersionsQuery = (code: string, warehouse: string, version: number) =>
  infiniteQueryOptions({
    queryKey: [...ruleKey(code, warehouse), 'versions', version],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/rules/{code}/versions', {
          params: {
            path: { code },
            query: { warehouse_id: warehouse, limit: 10, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** `rule` is as it was read: another one's change since then answers 412. */
export const putRule = (rule: Rule, warehouse: string, body: Schemas['RuleChange']) =>
  answered(
    api.PUT('/rules/{code}', {
      params: {
        path: { code: rule.code },
        query: { warehouse_id: warehouse },
        header: ifMatch(rule.version),
      },
      body,
    }),
  );

export const resetRule = (rule: Rule, warehouse: string) =>
  answered(
    api.DELETE('/rules/{code}', {
      params: {
        path: { code: rule.code },
        query: { warehouse_id: warehouse },
        header: ifMatch(rule.version),
      },
    }),
  );

export const backtestRule = (code: string, body: Schemas['BacktestRequest']) =>
  answered(api.POST('/rules/{code}/backtest', { params: { path: { code } }, body }));

export const costsKey = (warehouse: string) => [...RULES, 'costs', warehouse] as const;

export const costsQuery = (warehouse: string) =>
  queryOptions({
    queryKey: costsKey(warehouse),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/warehouses/{warehouse_id}/costs', {
          params: { path: { warehouse_id: warehouse } },
          signal,
        }),
      ),
  });

/** What is left out goes back to its default, which the generated type does not know. */
export const putCosts = (
  warehouse: string,
  version: number,
  costs: Partial<Schemas['CostsRequest']>,
) =>
  answered(
    api.PUT('/warehouses/{warehouse_id}/costs', {
      params: { path: { warehouse_id: warehouse }, header: ifMatch(version) },
      body: costs as Schemas['CostsRequest'],
    }),
  );
