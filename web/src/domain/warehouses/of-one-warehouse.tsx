import { IconBuildingWarehouse } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { WarehouseSummary } from '@/api/warehouses';
import { useMessages } from '@/i18n/i18n';
import { Loaded, Notice } from '@/ui/states';
import { useChosenWarehouse } from './scope';

/** What is about one warehouse; without one it says that one has to be chosen. */
export function OfOneWarehouse({
  children,
}: {
  children: (warehouse: WarehouseSummary) => ReactNode;
}) {
  const { warehouses: words } = useMessages();
  const chosen = useChosenWarehouse();
  if (chosen.id === undefined) {
    return (
      <Notice icon={IconBuildingWarehouse} title={words.chooseTitle}>
        {words.choose}
      </Notice>
    );
  }
  return <Loaded query={chosen}>{children}</Loaded>;
}
