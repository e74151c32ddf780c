import {
  Avatar,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconCheck, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut, useSession } from '@/api/session/session';
import { useLanguage } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES } from '@/i18n/locale';
import { useNotify } from '@/ui/notify';
import { MenuLink } from './menu-link';

export function AccountMenu() {
  const { messages, locale, choose } = useLanguage();
  const { app } = messages;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const session = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notify = useNotify();
  if (!session) return null;

  const schemes = [
    ['auto', app.system],
    ['light', app.light],
    ['dark', app.dark],
  ] as const;
  const chosen = (is: boolean) => (is ? <IconCheck size={16} aria-hidden /> : null);

  async function leave() {
    await navigate({ to: '/sign-in' });
    await signOut().catch(notify.failed);
    queries.clear();
  }

  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>
            {app.account}: {session.username}
          </VisuallyHidden>
          <Avatar color="harbor" radius="xl" size={34} variant="light" aria-hidden>
            {session.username.slice(0, 2).toUpperCase()}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" px="sm" py={6} truncate>
          {app.signedInAs(session.username)}
        </Text>
        <MenuLink to="/account">{app.profile}</MenuLink>
        <MenuLink to="/account" search={{ view: 'security' }}>
          {app.security}
        </MenuLink>
        <MenuLink to="/account" search={{ view: 'tokens' }}>
          {app.apiTokens}
        </MenuLink>
        <Menu.Divider />
        <Menu.Label>{app.language}</Menu.Label>
        {LOCALES.map((code) => (
          <Menu.Item
            key={code}
            lang={code}
            onClick={() => choose(code)}
            rightSection={chosen(code === locale)}
            aria-current={code === locale || undefined}
          >
            {LOCALE_NAMES[code]}
          </Menu.Item>
        ))}
        <Menu.Label>{app.appearance}</Menu.Label>
        {schemes.map(([scheme, label]) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={chosen(scheme === colorScheme)}
            aria-current={scheme === colorScheme || undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {app.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
