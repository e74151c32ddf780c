type FieldByColumn<Field extends string> = Readonly<Record<string, Field | null>>;

/** One column now holds `field`; the column that had it before gives it up. */
export function assigned<Field extends string>(
  fields: FieldByColumn<Field>,
  column: string,
  field: Field | null,
): Record<string, Field | null> {
  const freed = Object.entries(fields).map(([name, before]): [string, Field | null] => [
    name,
    field !== null && before === field ? null : before,
  ]);
  return { ...Object.fromEntries(freed), [column]: field };
}

/** As the service takes it: the columns that hold something. */
export const mappingOf = <Field extends string>(
  fields: FieldByColumn<Field>,
): Record<string, Field> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Field] => entry[1] !== null),
  );
