const pad = (number: number): string => String(number).padStart(2, '0');

/** An instant as a field for local times holds it: "2026-03-02T06:00" by the reader's clock. */
export function localOf(iso: string): string {
  const moment = new Date(iso);
  const day = [moment.getFullYear(), pad(moment.getMonth() + 1), pad(moment.getDate())].join('-');
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** Nothing before 2000 has moved; while a year is typed it is one of long ago. */
const FIRST_YEAR = 2000;

/** The instant of a local time; undefined while it is not whole. */
export function instantOf(local: string): string | undefined {
  const moment = new Date(local);
  if (Number.isNaN(moment.getTime()) || moment.getFullYear() < FIRST_YEAR) return undefined;
  return moment.toISOString();
}
