export const MAX_BYTES = 150 * 2 ** 20;
export const SUFFIXES = ['.xlsx', '.xlsm', '.xlsb', '.xls', '.ods', '.csv', '.tsv', '.txt'];

export type Refusal = 'tooLarge' | 'wrongType';

/** Why a file would be refused; null if it would not. Names decide: browsers know few of these types. */
export function refusal(file: Pick<File, 'name' | 'size'>): Refusal | null {
  const name = file.name.toLowerCase();
  if (!SUFFIXES.some((suffix) => name.endsWith(suffix))) return 'wrongType';
  return file.size > MAX_BYTES ? 'tooLarge' : null;
}
