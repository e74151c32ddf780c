import { Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { profileQuery } from '@/api/account';
import { useAccountWords } from '@/i18n/account';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { DeletionCard } from './deletion-card';
import { EmailCard } from './email-card';
import { EventsCard } from './events-card';
import { NotificationsCard } from './notifications-card';
import { PasswordCard } from './password-card';
import { ProfileCard } from './profile-card';
import { SecondFactorCard } from './second-factor-card';
import { SessionsCard } from './sessions-card';
import { TokensTab } from './tokens-tab';

const VIEWS = ['profile', 'security', 'tokens'] as const;
type View = (typeof VIEWS)[number];

const route = getRouteApi('/inside/account');

export function AccountPage() {
  const words = useAccountWords();
  const { view = 'profile' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(profileQuery());
  return (
    <Page title={words.title}>
      <Tabs
        value={view}
        onChange={(next) =>
          void navigate({
            search: { view: next === 'profile' ? undefined : ((next ?? undefined) as View) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {VIEWS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {words.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="profile">
          <Loaded query={query}>
            {(profile) => (
              <Stack gap="md" maw={640}>
                <ProfileCard profile={profile} />
                <EmailCard profile={profile} />
                <NotificationsCard profile={profile} />
                <DeletionCard profile={profile} />
              </Stack>
            )}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="security">
          <Loaded query={query}>
            {(profile) => (
              <Stack gap="md" maw={640}>
                <PasswordCard />
                <SecondFactorCard profile={profile} />
                <SessionsCard />
                <EventsCard />
              </Stack>
            )}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <TokensTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
