/** How much of what is alike the journeys look at: all of it in `make test-all`, which sets it. */
export const THOROUGH = process.env.THOROUGH === '1';

/** Every third of some alike, or all. */
export const sample = <Case>(cases: readonly Case[]): Case[] =>
  cases.filter((_, at) => THOROUGH || at % 3 === 0);
