import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { chainsQuery, verifyChain, type SealedChain } from '@/api/audit';
import { useAuditWords } from '@/i18n/audit';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { Loaded, Notice } from '@/ui/states';
import { AdministrationFrame } from './administration-frame';
import { useScopeName } from './scope-name';

/** How far each chain of the audit log is sealed, and whether it was intact when last looked at. */
export function VerificationPage() {
  const words = useAuditWords();
  const query = useQuery(chainsQuery());
  return (
    <AdministrationFrame>
      <Stack gap="sm" maw={760}>
        <Text c="dimmed">{words.chainsLead}</Text>
        <Loaded query={query}>
          {({ chains }) =>
            chains.length > 0 ? (
              <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
                {chains.map((chain) => (
                  <li key={chain.scope}>
                    <Chain chain={chain} />
                  </li>
                ))}
              </Stack>
            ) : (
              <Notice icon={IconLink} title={words.noChainsTitle}>
                {words.noChains}
              </Notice>
            )
          }
        </Loaded>
      </Stack>
    </AdministrationFrame>
  );
}

function Chain({ chain }: { chain: SealedChain }) {
  const words = useAuditWords();
  const format = useFormat();
  const name = useScopeName()(chain.scope);
  const notify = useNotify();
  const client = useQueryClient();
  const verifying = useMutation({
    mutationFn: () => verifyChain(chain.scope),
    onSuccess: (answer) => client.setQueryData(chainsQuery().queryKey, answer),
    onError: notify.failed,
  });
  const last = chain.last_verified;
  const who =
    last && (last.by.username ?? (last.by.user_id === 'system' ? words.system : words.nobody));
  return (
    <Card
      title={name}
      aside={
        <Button
          variant="default"
          size="xs"
          loading={verifying.isPending}
          aria-label={words.verifyOf(name)}
          onClick={() => verifying.mutate()}
        >
          {words.verifyNow}
        </Button>
      }
    >
      <Stack gap={4} role="status">
        <Standing chain={chain} />
        <Text size="sm" c="dimmed">
          {words.sealedUpTo(format.number(chain.sealed))}
          {last && who ? ` · ${words.lastVerified(format.dateTime(last.at), who)}` : null}
        </Text>
      </Stack>
    </Card>
  );
}

function Standing({ chain }: { chain: SealedChain }) {
  const words = useAuditWords();
  const format = useFormat();
  const last = chain.last_verified;
  const [Sign, color, text] = !last
    ? ([IconClock, undefined, words.neverVerified] as const)
    : last.intact
      ? ([IconCircleCheck, 'green', words.intact(format.number(last.verified))] as const)
      : ([IconAlertTriangle, 'red', words.broken(brokenAt(last.fault?.seq))] as const);
  return (
    <Group gap={6} wrap="nowrap">
      <Sign
        size={18}
        aria-hidden
        color={color ? `var(--mantine-color-${color}-filled)` : 'currentColor'}
      />
      <Text size="sm" fw={600}>
        {text}
        {last?.fault ? `: ${last.fault.detail}` : null}
      </Text>
    </Group>
  );
}

const brokenAt = (seq: number | null | undefined) =>
  seq === null || seq === undefined ? '?' : `${seq}`;
