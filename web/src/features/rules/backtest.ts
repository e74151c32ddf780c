import type { Backtest } from '@/api/rules';

/**
 * The inventory that the headline tells of: the newest that could be judged. Added up over several,
 * a pallet that stands in each of them would count as many times.
 */
export function headlineOf({
  reports,
}: Pick<Backtest, 'reports'>): Backtest['reports'][number] | undefined {
  return reports.find(({ status }) => status === 'evaluated') ?? reports[0];
}
