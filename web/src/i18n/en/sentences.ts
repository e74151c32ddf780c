import type { Facts } from '../facts';

/** The service writes its sentences in English, so none is needed here. */
export const sentences: Record<string, (facts: Facts) => string> = {};
