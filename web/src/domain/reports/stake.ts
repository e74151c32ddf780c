import type { LinkProps } from '@tanstack/react-router';
import type { Report } from '@/api/reports';
import { mayConfigure, useReportRole } from '@/domain/access/membership-role';
import { useFormat, useMessages } from '@/i18n/i18n';

type Priced = Pick<Report, 'prices' | 'warehouse_id' | 'username'>;

/** Where whoever may can set prices for what was reckoned with examples; else undefined. */
export function usePricesToSet(report: Priced | undefined) {
  const membershipRole = useReportRole(report);
  if (report?.prices !== 'example' || !report.warehouse_id || !mayConfigure(membershipRole)) return;
  return { to: '/w/$warehouse/costs', params: { warehouse: report.warehouse_id } } as const;
}

/** What the open anomalies cost, as a figure; with prices that nobody has set, it says so. */
export function useStake(
  report: Report,
  hint: (total: string) => string,
): { value: string; hint: string; link: LinkProps | undefined } | null {
  const { cost: words } = useMessages();
  const format = useFormat();
  const link = usePricesToSet(report);
  if (!report.costs) return null;
  const { open, total, currency } = report.costs;
  const value = format.money(open, currency);
  if (report.prices !== 'example') {
    return { value, hint: hint(format.money(total, currency)), link: undefined };
  }
  return { value: words.about(value), hint: link ? words.exampleSet : words.example, link };
}
