import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useFigureWords } from '@/i18n/analytics';
import { Page } from '@/ui/page';
import { SectionLinks } from '@/ui/section-links';
import { Loading } from '@/ui/states';

/** What all figures have in common: the ways between them. */
export function AnalyticsPage() {
  const { title, sections, section } = useFigureWords();
  return (
    <Page title={title}>
      <SectionLinks
        label={sections}
        sections={[
          { to: '/analytics', label: section.value, exact: true },
          { to: '/analytics/low-stock', label: section.low },
          { to: '/analytics/abc', label: section.abc },
          { to: '/analytics/turnover', label: section.turnover },
          { to: '/analytics/slow-movers', label: section.slow },
          { to: '/analytics/consumption', label: section.consumption },
          { to: '/analytics/suppliers', label: section.suppliers },
          { to: '/analytics/orders', label: section.orders },
        ]}
      />
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}
