import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type ApiToken = Schemas['ApiTokenView'];
export type Scope = Schemas['ApiTokenRequest']['scopes'][number];

export const API_TOKENS = ['account', 'tokens'] as const;

/** What the page's own parts need; the service knows more, for what has no page yet. */
export const SCOPES: readonly Scope[] = [
  'reports:read',
  'reports:write',
  'anomalies:read',
  'anomalies:write',
  'warehouses:read',
  'warehouses:write',
  'rules:read',
  'rules:write',
];

export const apiTokensQuery = () =>
  queryOptions({
    queryKey: API_TOKENS,
    queryFn: ({ signal }) => answered(api.GET('/users/me/tokens', { signal })),
  });

export const createApiToken = (body: Schemas['ApiTokenRequest']) =>
  answered(api.POST('/users/me/tokens', { body }));

export const revokeApiToken = (id: string) =>
  answered(api.DELETE('/users/me/tokens/{token_id}', { params: { path: { token_id: id } } }));
