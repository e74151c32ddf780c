import { AppShell, Box, Group, Indicator, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBuildingWarehouse,
  IconChartLine,
  IconFileText,
  IconHome,
  IconPackages,
  IconPlus,
  IconReportAnalytics,
  IconScan,
  IconShieldCog,
  IconShoppingCart,
  IconStack2,
  type Icon,
} from '@tabler/icons-react';
import { createLink, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, type ComponentPropsWithRef } from 'react';
import { useSession } from '@/api/session/session';
import { useNewAnalysisScope, useReachableScope } from '@/domain/warehouses/scope';
import { useUploads } from '@/features/new-analysis/uploads';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/link';
import { Logo } from '@/ui/logo';
import { AccountMenu } from './account-menu';
import { LateCount } from './late-count';
import { MoreMenu } from './more-menu';
import { isAt, navigationOf, type Entry, type Place } from './navigation';
import { NotificationBell } from './notification-bell';
import { OpenCount } from './open-count';
import { SearchButton } from './search-button';
import classes from './shell.module.css';
import { WarehouseSwitcher } from './warehouse-switcher';

const NavigationLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <UnstyledButton component="a" {...props} />
));

const ICONS: Record<Place, Icon> = {
  home: IconHome,
  anomalies: IconAlertTriangle,
  reports: IconFileText,
  items: IconPackages,
  orders: IconShoppingCart,
  analytics: IconReportAnalytics,
  utilization: IconStack2,
  trends: IconChartLine,
  warehouse: IconBuildingWarehouse,
  warehouses: IconBuildingWarehouse,
  administration: IconShieldCog,
};

export function Shell() {
  const { app } = useMessages();
  const scope = useReachableScope();
  const groups = navigationOf(scope, useSession()?.role);
  const sending = useUploads().filter((upload) => upload.state === 'sending').length;
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
      {/* Its menu lies over the navigation. */}
      <AppShell.Header className={classes.bar} zIndex={101}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <NavigationLink
            to="/w/$warehouse"
            params={{ warehouse: scope }}
            aria-label={app.name}
            className={classes.logo}
          >
            <Logo />
          </NavigationLink>
          <WarehouseSwitcher />
          <SearchButton groups={groups} icons={ICONS} />
          <NewButton sending={sending > 0} />
          <NotificationBell />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.bar} p="sm" aria-label={app.navigation} visibleFrom="sm">
        <Stack gap="md">
          {groups.map(({ name, entries }) => (
            <div
              key={name}
              role="group"
              aria-label={app.group[name]}
              className={name === 'administration' ? classes.last : undefined}
            >
              {name === 'administration' ? null : (
                <div className={classes.group} aria-hidden>
                  {app.group[name]}
                </div>
              )}
              {entries.map((entry) => (
                <SideLink key={entry.place} entry={entry} />
              ))}
            </div>
          ))}
        </Stack>
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
          <Tabs sending={sending > 0} />
        </nav>
      </AppShell.Footer>
    </AppShell>
  );
}

function SideLink({ entry }: { entry: Entry }) {
  const { app } = useMessages();
  const { pathname } = useLocation();
  const Sign = ICONS[entry.place];
  return (
    <NavigationLink
      to={entry.to}
      className={classes.item}
      activeOptions={{ exact: true, includeSearch: false }}
      data-status={isAt(entry, pathname) ? 'active' : undefined}
    >
      <Sign size={20} stroke={1.7} aria-hidden />
      <span>{app[entry.place]}</span>
      {entry.place === 'anomalies' ? <OpenCount /> : null}
      {entry.place === 'orders' ? (
        <Suspense fallback={null}>
          <LateCount />
        </Suspense>
      ) : null}
    </NavigationLink>
  );
}

function NewButton({ sending }: { sending: boolean }) {
  const { app } = useMessages();
  const warehouse = useNewAnalysisScope();
  return (
    <Box visibleFrom="sm">
      {warehouse === undefined ? null : (
        <Indicator disabled={!sending} processing size={8} offset={2}>
          <ButtonLink
            to="/w/$warehouse/new"
            params={{ warehouse }}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {app.newAnalysis}
          </ButtonLink>
        </Indicator>
      )}
    </Box>
  );
}

/** What a phone has room for; the others are behind one more tap. */
function Tabs({ sending }: { sending: boolean }) {
  const { app } = useMessages();
  const scope = useReachableScope();
  const newScope = useNewAnalysisScope();
  const { pathname } = useLocation();
  const groups = navigationOf(scope, useSession()?.role);
  const [home, anomalies] = groups[0]?.entries ?? [];
  const items = groups.flatMap(({ entries }) => entries).find(({ place }) => place === 'items');
  const shown = [home, anomalies, items];
  const rest = groups.map((group) => ({
    ...group,
    entries: group.entries.filter((entry) => !shown.includes(entry)),
  }));
  const tab = (to: string, label: string, Sign: Icon, active: boolean) => (
    <NavigationLink
      to={to}
      className={classes.tab}
      activeOptions={{ exact: true, includeSearch: false }}
      data-status={active ? 'active' : undefined}
    >
      <Sign size={24} stroke={1.7} aria-hidden style={{ display: 'block' }} />
      <span>{label}</span>
    </NavigationLink>
  );
  return (
    <>
      {home ? tab(home.to, app.home, ICONS.home, isAt(home, pathname)) : null}
      {anomalies ? tab(anomalies.to, app.work, ICONS.anomalies, isAt(anomalies, pathname)) : null}
      {items ? (
        <>
          {tab('/scan', app.scan, IconScan, pathname === '/scan')}
          {tab(items.to, app.items, ICONS.items, pathname !== '/scan' && isAt(items, pathname))}
        </>
      ) : newScope === undefined ? null : (
        <NavigationLink
          to="/w/$warehouse/new"
          params={{ warehouse: newScope }}
          className={classes.tab}
          activeOptions={{ includeSearch: false }}
        >
          <Indicator disabled={!sending} processing size={8} offset={2}>
            <IconPlus size={24} stroke={1.7} aria-hidden style={{ display: 'block' }} />
          </Indicator>
          <span>{app.newShort}</span>
        </NavigationLink>
      )}
      <MoreMenu groups={rest} icons={ICONS} newScope={items ? newScope : undefined} />
    </>
  );
}
