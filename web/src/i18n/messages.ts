import type { en } from './en';

/** Every language says what English says, with the same parts put in; the compiler checks it. */
export type Messages = ReturnType<typeof en>;
