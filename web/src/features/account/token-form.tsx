import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { API_TOKENS, createApiToken, SCOPES } from '@/api/api-tokens';
import { warehouseListQuery } from '@/api/warehouses';
import { useAccountWords } from '@/i18n/account';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { fieldErrors } from './field-errors';
import { Secret } from './secret';
import { LIFETIMES, tokenRequest, type TokenDraft } from './token-draft';

/** What the token may do and for how long, then its text, which is shown this once. */
export function TokenForm({ onClose }: { onClose: () => void }) {
  const { tokens: words } = useAccountWords();
  const [text, setText] = useState<string | null>(null);
  return (
    <Dialog
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={text === null}
      title={text === null ? words.create : words.createdTitle}
    >
      {text === null ? (
        <Draft onCreated={setText} />
      ) : (
        <Stack>
          <Text>{words.createdText}</Text>
          <Secret label={words.token} copyLabel={words.copy} text={text} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{words.close}</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function Draft({ onCreated }: { onCreated: (text: string) => void }) {
  const { tokens: words } = useAccountWords();
  const { app, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const warehouses = useInfiniteQuery(warehouseListQuery());
  const known = warehouses.data?.pages.flatMap((page) => page.warehouses) ?? [];
  const form = useForm<TokenDraft>({
    initialValues: { name: '', scopes: [], warehouses: [], days: 90 },
    validate: {
      name: (name) => (name.trim() ? null : state.required),
      scopes: (scopes) => (scopes.length > 0 ? null : state.required),
    },
  });
  const creating = useMutation({
    mutationFn: (draft: TokenDraft) => createApiToken(tokenRequest(draft, new Date())),
    onSuccess: async ({ token }) => {
      onCreated(token);
      await queries.invalidateQueries({ queryKey: API_TOKENS });
    },
    onError: (error) => {
      const wrong = fieldErrors(error);
      if (wrong) form.setErrors(wrong);
      else notify.failed(error);
    },
  });
  const parts: Record<string, string> = {
    reports: app.reports,
    anomalies: app.anomalies,
    warehouses: app.warehouses,
    rules: words.scope.rules,
  };
  const labelOf = (scope: string) => {
    const [part = '', access] = scope.split(':');
    return `${parts[part] ?? part}: ${access === 'read' ? words.scope.read : words.scope.write}`;
  };
  return (
    <form noValidate onSubmit={form.onSubmit((draft) => creating.mutate(draft))}>
      <Stack>
        <TextInput
          label={words.name}
          maxLength={80}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={words.scopes} {...form.getInputProps('scopes')}>
          <SimpleGrid cols={2} mt="xs" spacing="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={labelOf(scope)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <MultiSelect
          label={words.warehouses}
          placeholder={form.values.warehouses.length === 0 ? words.allWarehouses : undefined}
          maxValues={20}
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('warehouses')}
        />
        <Select
          label={words.days}
          allowDeselect={false}
          data={LIFETIMES.map((days) => ({ value: `${days}`, label: words.lifetimes(days) }))}
          value={`${form.values.days}`}
          onChange={(value) => {
            const chosen = LIFETIMES.find((days) => `${days}` === value);
            if (chosen) form.setFieldValue('days', chosen);
          }}
          error={form.errors.expires_at}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={creating.isPending}>
            {words.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
