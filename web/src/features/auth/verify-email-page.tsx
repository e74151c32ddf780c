import { Alert, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PROFILE } from '@/api/account';
import { verifyEmail } from '@/api/session/recovery';
import { useAuthWords } from '@/i18n/auth';
import { ButtonLink } from '@/ui/link';
import { AuthFrame } from './auth-frame';
import { useRefusal } from './refusal';

const route = getRouteApi('/verify');

export function VerifyEmailPage() {
  const { recovery: words } = useAuthWords();
  const { token } = route.useSearch();
  const queries = useQueryClient();
  const refusal = useRefusal();
  // Asked once per link, however often the page is drawn: the link is good for one use.
  const verification = useQuery({
    queryKey: ['verification', token],
    queryFn: async () => {
      const email = await verifyEmail(token ?? '');
      void queries.invalidateQueries({ queryKey: PROFILE });
      return email;
    },
    enabled: token !== undefined,
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const refused =
    token === undefined ? words.noToken : verification.error ? refusal(verification.error) : null;
  return (
    <AuthFrame title={words.verifyTitle}>
      <Stack>
        {refused ? (
          <Alert variant="light" color="red" role="alert">
            {refused}
          </Alert>
        ) : (
          <Text role="status">
            {verification.data ? words.verified(verification.data) : words.verifying}
          </Text>
        )}
        <ButtonLink to="/" variant={refused ? 'default' : 'filled'}>
          {words.goOn}
        </ButtonLink>
      </Stack>
    </AuthFrame>
  );
}
