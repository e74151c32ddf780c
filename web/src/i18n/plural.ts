export interface Forms {
  one: string;
  other: string;
}

/**
 * `plural('en')(2, { one: '# pallet', other: '# pallets' })` → `2 pallets`. The number is written
 * the way the browser's variant of the language does.
 */
export function plural(tag: string) {
  const rules = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);
  return (count: number, forms: Forms): string =>
    (rules.select(count) === 'one' ? forms.one : forms.other).replaceAll(
      '#',
      numbers.format(count),
    );
}

export type Plural = ReturnType<typeof plural>;
