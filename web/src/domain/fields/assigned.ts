import type { Field } from '@/api/fields';

type Held = Readonly<Record<string, Field | null>>;

/** One column now holds `field`; the column that had it before gives it up. */
export function assigned(held: Held, column: string, field: Field | null) {
  const others = Object.entries(held).map(([name, before]): [string, Field | null] => [
    name,
    field !== null && before === field ? null : before,
  ]);
  return { ...Object.fromEntries(others), [column]: field };
}

/** As the service takes it: the columns that hold something. */
export const mappingOf = (held: Held): Record<string, Field> =>
  Object.fromEntries(
    Object.entries(held).filter((entry): entry is [string, Field] => entry[1] !== null),
  );
