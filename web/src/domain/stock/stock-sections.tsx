import { mayReadCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useStockWords } from '@/i18n/stock';
import { SectionLinks } from '@/ui/section-links';

/** The ways between the screens about what is in a warehouse; nothing where there is one alone. */
export function StockSections({ warehouse }: { warehouse: string }) {
  const { sections, tabs } = useStockWords();
  if (!mayReadCatalog(useCompanyRole())) return null;
  return (
    <SectionLinks
      label={sections}
      sections={(['utilization', 'stock', 'counts'] as const).map((section) => ({
        to: `/w/${warehouse}/${section}`,
        label: tabs[section],
      }))}
    />
  );
}
