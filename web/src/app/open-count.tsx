import { Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { trendsQuery } from '@/api/snapshots';
import { useScope, warehouseOf } from '@/domain/warehouses/scope';
import { openCount } from '@/domain/warehouses/whole-snapshots';
import { useFormat, useMessages } from '@/i18n/i18n';
import classes from './shell.module.css';

/** How many anomalies of the warehouse are open; nothing where that is not known by one number. */
export function OpenCount() {
  const { app } = useMessages();
  const format = useFormat();
  const warehouse = warehouseOf(useScope());
  const { data } = useQuery({ ...trendsQuery(warehouse ?? ''), enabled: warehouse !== undefined });
  const count = warehouse && data ? openCount(data.snapshots) : undefined;
  if (!count) return null;
  return (
    <>
      <Text span size="xs" className={classes.count} aria-hidden>
        {format.number(count)}
      </Text>
      <VisuallyHidden>{app.open(format.number(count))}</VisuallyHidden>
    </>
  );
}
