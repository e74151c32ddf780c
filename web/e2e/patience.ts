/** Milliseconds until something counts as missing: it comes from a stack that other tests keep busy. */
export const PATIENCE = 90_000;
