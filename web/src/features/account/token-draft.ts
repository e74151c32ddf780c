import type { Scope } from '@/api/api-tokens';

/** How many days a new token may be good for, shortest first. */
export const LIFETIMES = [30, 90, 180, 365] as const;
export type Lifetime = (typeof LIFETIMES)[number];

export interface TokenDraft {
  name: string;
  scopes: Scope[];
  /** Ids; none of them means all. */
  warehouses: string[];
  days: Lifetime;
}

const DAY_MS = 86_400_000;

/** The request for a token as it was drawn up, valid from now on. */
export const tokenRequest = (draft: TokenDraft, now: Date) => ({
  name: draft.name.trim(),
  scopes: draft.scopes,
  warehouses: draft.warehouses.length > 0 ? draft.warehouses : null,
  expires_at: new Date(now.getTime() + draft.days * DAY_MS).toISOString(),
});
