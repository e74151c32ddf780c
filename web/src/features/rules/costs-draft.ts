import type { Costs } from '@/api/rules';

/** The prices as they are being typed; shares in percent, as people say them. */
export interface CostsDraft {
  currency: string;
  prices: Record<Price, number | ''>;
  rules: Record<string, { minutes: number | ''; percent: number | '' }>;
}

export const PRICES = ['pallet_hour', 'handling_minute', 'pallet_value'] as const;
export type Price = (typeof PRICES)[number];

/** The API's bounds. */
export const MOST = { price: 1_000_000, minutes: 10_000, percent: 100 } as const;

const percentOf = (share: number) => Math.round(share * 10_000) / 100;

export function costsDraft(costs: Costs): CostsDraft {
  return {
    currency: costs.currency,
    prices: {
      pallet_hour: costs.pallet_hour,
      handling_minute: costs.handling_minute,
      pallet_value: costs.pallet_value,
    },
    rules: Object.fromEntries(
      Object.entries(costs.rules).map(([code, { minutes, share }]) => [
        code,
        { minutes, percent: percentOf(share) },
      ]),
    ),
  };
}

/** As the service takes it: of the rules, only what differs from their own. */
export function costsRequest(costs: Costs, draft: CostsDraft) {
  const rules: Record<string, { minutes?: number; share?: number }> = {};
  for (const [code, { default_minutes, default_share }] of Object.entries(costs.rules)) {
    const { minutes, percent } = draft.rules[code] ?? {};
    const overrides = {
      ...(typeof minutes === 'number' && minutes !== default_minutes ? { minutes } : {}),
      ...(typeof percent === 'number' && percent !== percentOf(default_share)
        ? { share: percent / 100 }
        : {}),
    };
    if (Object.keys(overrides).length > 0) rules[code] = overrides;
  }
  const { pallet_hour, handling_minute, pallet_value } = draft.prices;
  return {
    currency: draft.currency,
    pallet_hour: pallet_hour || 0,
    handling_minute: handling_minute || 0,
    pallet_value: pallet_value || 0,
    rules,
  };
}

export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

export const isBetween = (value: number | '', most: number): boolean =>
  value !== '' && value >= 0 && value <= most;

export const isComplete = ({ currency, prices, rules }: CostsDraft): boolean =>
  isCurrency(currency) &&
  PRICES.every((price) => isBetween(prices[price], MOST.price)) &&
  Object.values(rules).every(
    ({ minutes, percent }) => isBetween(minutes, MOST.minutes) && isBetween(percent, MOST.percent),
  );

/** Which of the three inputs of the formula a rule reckons with. */
export const usesShare = (formula: string): boolean => /\bshare\b/.test(formula);
