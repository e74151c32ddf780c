import { AppShell, Box, Group, Indicator, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconBuildingWarehouse,
  IconColumns3,
  IconDots,
  IconFilePlus,
  IconFileText,
  IconLayoutDashboard,
  IconShieldCog,
  type Icon,
} from '@tabler/icons-react';
import { createLink, Outlet, useLocation, type LinkProps } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';
import { useSession } from '@/api/session/session';
import { useUploads } from '@/features/new-analysis/uploads';
import { useMessages } from '@/i18n/i18n';
import { Logo } from '@/ui/logo';
import { AccountMenu } from './account-menu';
import classes from './shell.module.css';

const NavigationLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <UnstyledButton component="a" {...props} />
));

interface Destination {
  to: LinkProps['to'];
  label: string;
  short?: string;
  icon: Icon;
}

/** What a phone has room for; the others are behind one more tap. */
const TABS = 4;

const MenuLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <Menu.Item component="a" {...props} />
));

/** Grouped, so that the catalog and the administration find their place later. */
function useDestinations(): Destination[] {
  const { app } = useMessages();
  const isAdmin = useSession()?.role === 'admin';
  return [
    { to: '/', label: app.dashboard, icon: IconLayoutDashboard },
    { to: '/anomalies', label: app.anomalies, icon: IconAlertTriangle },
    { to: '/new', label: app.newAnalysis, short: app.newShort, icon: IconFilePlus },
    { to: '/reports', label: app.reports, icon: IconFileText },
    { to: '/warehouses', label: app.warehouses, icon: IconBuildingWarehouse },
    { to: '/rules', label: app.rules, icon: IconAdjustments },
    { to: '/mappings', label: app.mappings, icon: IconColumns3 },
    ...(isAdmin
      ? [{ to: '/admin/users', label: app.administration, icon: IconShieldCog } as const]
      : []),
  ];
}

export function Shell() {
  const { app } = useMessages();
  const destinations = useDestinations();
  const sending = useUploads().filter((upload) => upload.state === 'sending').length;
  const activeOptions = (to: LinkProps['to']) => ({ exact: to === '/', includeSearch: false });

  const link = ({ to, label, short, icon: Sign }: Destination, compact: boolean) => (
    <NavigationLink
      key={to}
      to={to}
      className={compact ? classes.tab : classes.item}
      activeOptions={activeOptions(to)}
    >
      <Indicator disabled={to !== '/new' || sending === 0} processing size={8} offset={2}>
        <Sign size={compact ? 24 : 20} stroke={1.7} aria-hidden style={{ display: 'block' }} />
      </Indicator>
      <span>{compact ? (short ?? label) : label}</span>
    </NavigationLink>
  );

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: 64, sm: 0 } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#content">
        {app.skip}
      </a>
      <AppShell.Header className={classes.bar}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <NavigationLink to="/" aria-label={app.name}>
            <Logo />
          </NavigationLink>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.bar} p="sm" aria-label={app.navigation} visibleFrom="sm">
        <Stack gap={4}>{destinations.map((destination) => link(destination, false))}</Stack>
        <Box mt="auto" role="status">
          {sending > 0 ? (
            <Text size="sm" c="dimmed" px="sm">
              {app.uploading(sending)}
            </Text>
          ) : null}
        </Box>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer className={classes.tabs} hiddenFrom="sm">
        <nav aria-label={app.navigation} className={classes.tabList}>
          {destinations.slice(0, TABS).map((destination) => link(destination, true))}
          <MoreMenu destinations={destinations.slice(TABS)} />
        </nav>
      </AppShell.Footer>
    </AppShell>
  );
}

function MoreMenu({ destinations }: { destinations: readonly Destination[] }) {
  const { app } = useMessages();
  const { pathname } = useLocation();
  const within = destinations.some(({ to }) => to !== undefined && pathname.startsWith(to));
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.tab} data-status={within ? 'active' : undefined}>
          <IconDots size={24} stroke={1.7} aria-hidden style={{ display: 'block' }} />
          <span>{app.menu}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {destinations.map(({ to, label, icon: Sign }) => (
          <MenuLink key={to} to={to} className={classes.more}>
            <Sign size={20} stroke={1.7} aria-hidden /> {label}
          </MenuLink>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
