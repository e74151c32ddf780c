import { Button, Menu, Text } from '@mantine/core';
import { IconBuildingWarehouse, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { ALL, useChosenWarehouse, useReachableScope } from '@/domain/warehouses/scope';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { MenuLink } from './menu-link';
import { switchedTo } from './old-addresses';
import classes from './shell.module.css';

/** Which warehouse all screens are about. Choosing another one stays on the same screen. */
export function WarehouseSwitcher() {
  const { app } = useMessages();
  const scope = useReachableScope();
  const warehouses = useWarehouses();
  const chosen = useChosenWarehouse();
  const { pathname, search } = useLocation();
  const name = scope === ALL ? app.allWarehouses : (chosen.data?.name ?? '…');
  const option = (id: string, label: string) => {
    const target = switchedTo(pathname, search, id);
    return (
      <MenuLink
        key={id}
        to={target.path}
        search={target.search}
        aria-current={id === scope || undefined}
        rightSection={id === scope ? <IconCheck size={16} aria-hidden /> : null}
      >
        {label}
      </MenuLink>
    );
  };
  return (
    // Within the header, which is a landmark; its first entry takes the focus.
    <Menu
      position="bottom-start"
      width={260}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="default"
          className={classes.switcher}
          aria-label={app.warehouseNow(name)}
          leftSection={<IconBuildingWarehouse size={18} stroke={1.7} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          <Text span inherit truncate>
            {name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" className={classes.scroll}>
        {option(ALL, app.allWarehouses)}
        {warehouses.length > 0 ? <Menu.Divider /> : null}
        {warehouses.map((warehouse) => option(warehouse.id, warehouse.name))}
        <Menu.Divider />
        <MenuLink to="/warehouses">{app.manageWarehouses}</MenuLink>
      </Menu.Dropdown>
    </Menu>
  );
}
