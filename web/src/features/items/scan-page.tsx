import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { codeQuery } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { useScope } from '@/domain/warehouses/scope';
import { useStockWords } from '@/i18n/stock';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Failure, Loading, Notice } from '@/ui/states';
import { CameraReader } from '@/domain/stock/camera-reader';
import { ScannedCard } from './scanned-card';
import { palletIn, typedCode } from '@/domain/stock/scanned-text';

const route = getRouteApi('/inside/scan');

/** One field for whatever is scanned or typed; then the item, and what can be done with it. */
export function ScanPage() {
  const { scan: words } = useStockWords();
  const { code } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(code ?? '');
  const find = (read: string) => {
    const wanted = typedCode(read);
    setText(wanted);
    void navigate({ search: { code: wanted || undefined } });
    // The next scan replaces this one.
    field.current?.select();
  };
  const again = () => {
    find('');
    field.current?.focus();
  };
  useEffect(() => field.current?.focus(), []);
  return (
    <Page title={words.title} lead={words.lead}>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          find(text);
        }}
      >
        <Stack gap="xs" maw={560}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              ref={field}
              label={words.field}
              description={words.hint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              size="lg"
              style={{ flex: 1, minWidth: 0 }}
              maxLength={500}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              leftSection={<IconBarcode size={20} aria-hidden />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </Group>
          <Group gap="xs">
            <Button type="submit">{words.find}</Button>
            <CameraReader onRead={find} />
          </Group>
        </Stack>
      </form>
      {code ? <Found key={code} code={code} onAgain={again} /> : null}
    </Page>
  );
}

function Found({ code, onAgain }: { code: string; onAgain: () => void }) {
  const { scan: words } = useStockWords();
  const scope = useScope();
  const pallet = palletIn(code);
  const query = useQuery({ ...codeQuery(code), enabled: pallet === undefined });
  if (pallet) {
    return (
      <Notice
        icon={IconBarcode}
        title={words.pallet(pallet)}
        action={
          <ButtonLink
            to="/w/$warehouse/pallets/$palletId"
            params={{ warehouse: scope, palletId: pallet }}
          >
            {words.openPallet}
          </ButtonLink>
        }
      />
    );
  }
  if (query.data) return <ScannedCard found={query.data} onAgain={onAgain} />;
  if (hasStatus(query.error, 404)) {
    return (
      <Notice icon={IconBarcode} title={words.unknownTitle} alert>
        {words.unknown(code)}
      </Notice>
    );
  }
  if (hasStatus(query.error, 422)) {
    return (
      <Notice icon={IconBarcode} title={words.damagedTitle} alert>
        <Text className="code">{code}</Text>
        <Text size="sm">{query.error.message}</Text>
      </Notice>
    );
  }
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
