import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots, IconPlus, type Icon } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useMessages } from '@/i18n/i18n';
import { MenuLink } from './menu-link';
import { isAt, type EntryGroup, type Place } from './navigation';
import classes from './shell.module.css';

interface MoreMenuProps {
  groups: readonly EntryGroup[];
  icons: Record<Place, Icon>;
  /** Where a new analysis is of, if the way to it is here. */
  newScope: string | undefined;
}

/** What a phone has no tab for. */
export function MoreMenu({ groups, icons, newScope }: MoreMenuProps) {
  const { app } = useMessages();
  const { pathname } = useLocation();
  const entries = groups.flatMap((group) => group.entries);
  const within = entries.some((entry) => isAt(entry, pathname));
  return (
    <Menu position="top-end" width={220} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.tab} data-status={within ? 'active' : undefined}>
          <IconDots size={24} stroke={1.7} aria-hidden style={{ display: 'block' }} />
          <span>{app.menu}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {newScope === undefined ? null : (
          <MenuLink
            to="/w/$warehouse/new"
            params={{ warehouse: newScope }}
            className={classes.more}
            leftSection={<IconPlus size={20} stroke={1.7} aria-hidden />}
          >
            {app.newAnalysis}
          </MenuLink>
        )}
        {entries.map(({ place, to }) => {
          const Sign = icons[place];
          return (
            <MenuLink
              key={place}
              to={to}
              className={classes.more}
              leftSection={<Sign size={20} stroke={1.7} aria-hidden />}
            >
              {app[place]}
            </MenuLink>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
