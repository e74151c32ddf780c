import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { API_TOKENS, apiTokensQuery, revokeApiToken, type ApiToken } from '@/api/api-tokens';
import { useAccountWords } from '@/i18n/account';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { Loaded } from '@/ui/states';
import { TokenForm } from './token-form';

export function TokensTab() {
  const { tokens: words } = useAccountWords();
  const [creating, setCreating] = useState(false);
  const query = useQuery(apiTokensQuery());
  return (
    <Card
      title={words.title}
      maw={760}
      aside={<Button onClick={() => setCreating(true)}>{words.create}</Button>}
    >
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Loaded query={query}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <Text>{words.none}</Text>
          ) : (
            <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {tokens.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {creating ? <TokenForm onClose={() => setCreating(false)} /> : null}
    </Card>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const { tokens: words } = useAccountWords();
  const format = useFormat();
  const [revoking, setRevoking] = useState(false);
  const facts = [
    token.scopes.join(', '),
    token.warehouses ? words.inWarehouses(token.warehouses.length) : null,
    words.expires(format.dateTime(token.expires_at)),
    token.last_used_at ? words.used(format.ago(token.last_used_at)) : words.neverUsed,
  ];
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {token.name}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {facts.filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        style={{ flexShrink: 0 }}
        aria-label={words.revokeOf(token.name)}
        onClick={() => setRevoking(true)}
      >
        {words.revoke}
      </Button>
      {revoking ? <Revoke token={token} onClose={() => setRevoking(false)} /> : null}
    </Group>
  );
}

function Revoke({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { tokens: words } = useAccountWords();
  const queries = useQueryClient();
  const notify = useNotify();
  const revoking = useMutation({
    mutationFn: () => revokeApiToken(token.id),
    onSuccess: () => notify.done(words.revoked),
    onError: notify.failed,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: API_TOKENS });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      danger
      title={words.revokeTitle}
      confirm={words.revoke}
      pending={revoking.isPending}
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
    >
      {words.revokeText(token.name)}
    </Confirm>
  );
}
