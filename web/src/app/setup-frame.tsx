import { Text, Title } from '@mantine/core';
import { Outlet, useLocation } from '@tanstack/react-router';
import type { WarehouseSummary } from '@/api/warehouses';
import { ALL, useChosenWarehouse } from '@/domain/warehouses/scope';
import { WarehouseActions } from '@/features/warehouses/warehouse-actions';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Page } from '@/ui/page';
import { SectionLinks } from '@/ui/section-links';
import { Loaded } from '@/ui/states';
import { setupSections } from './navigation';

/** What the screens that set a warehouse up have in common. */
export function SetupFrame() {
  const chosen = useChosenWarehouse();
  if (chosen.id === undefined) return <Frame warehouse={undefined} />;
  return (
    <Loaded query={chosen} page>
      {(warehouse) => <Frame warehouse={warehouse} />}
    </Loaded>
  );
}

function Frame({ warehouse }: { warehouse: WarehouseSummary | undefined }) {
  const words = useWarehouseWords();
  const { app } = useMessages();
  const { pathname } = useLocation();
  const scope = warehouse?.id ?? ALL;
  const name = warehouse?.name ?? app.allWarehouses;
  const sections = setupSections(scope, warehouse?.role).map((section) => ({
    to: `/w/${scope}/${section}`,
    label: words.tabs[section],
  }));
  const current = sections.find(({ to }) => pathname === to);
  return (
    <Page
      title={current ? `${current.label} · ${name}` : name}
      heading={
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
      }
      lead={warehouse ? <Lead warehouse={warehouse} /> : null}
      actions={warehouse ? <WarehouseActions warehouse={warehouse} /> : null}
    >
      <SectionLinks label={words.sections} sections={sections} />
      <div>
        <Outlet />
      </div>
    </Page>
  );
}

function Lead({ warehouse }: { warehouse: WarehouseSummary }) {
  const words = useWarehouseWords();
  const { warehouses: common } = useMessages();
  const format = useFormat();
  const shared = warehouse.role !== 'owner' && warehouse.role !== 'admin';
  const parts = [
    shared ? words.sharedBy(warehouse.username, words.aRole[warehouse.role]) : null,
    warehouse.timezone,
    common.changed(format.ago(warehouse.updated_at)),
  ];
  return (
    <Text span inherit>
      {parts.filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
