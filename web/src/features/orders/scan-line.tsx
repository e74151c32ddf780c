import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { codeQuery, type ScannedItem } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { CameraReader } from '@/domain/stock/camera-reader';
import { typedCode } from '@/domain/stock/scanned-text';
import { useOrderWords } from '@/i18n/orders';
import { useStockWords } from '@/i18n/stock';

export interface Scanned {
  item: ScannedItem['item'];
  label: Pick<ScannedItem, 'lot' | 'expiry_date' | 'serial'>;
}

/** One field that takes one label after the other; what each was counted as stands below. */
export function ScanLine({ onScan }: { onScan: (scanned: Scanned) => string }) {
  const words = useOrderWords();
  const { scan } = useStockWords();
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [told, setTold] = useState({ text: '', wrong: false });
  async function read(typed: string) {
    const code = typedCode(typed);
    if (!code) return;
    setText('');
    field.current?.focus();
    try {
      const { item, ...label } = await queries.fetchQuery(codeQuery(code));
      setTold({ text: onScan({ item, label }), wrong: false });
    } catch (error) {
      const text = hasStatus(error, 404)
        ? words.notFound(code)
        : error instanceof Error
          ? error.message
          : code;
      setTold({ text, wrong: true });
    }
  }
  return (
    <Stack gap={4}>
      <TextInput
        ref={field}
        data-autofocus
        label={scan.field}
        description={words.scanLead}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputContainer={(input) => (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <div style={{ flex: 1, minWidth: 0 }}>{input}</div>
            <Button variant="default" onClick={() => void read(text)}>
              {scan.find}
            </Button>
          </Group>
        )}
        maxLength={500}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        leftSection={<IconBarcode size={18} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // A scanner ends with Enter, which must not send the form.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void read(text);
        }}
      />
      <CameraReader onRead={(code) => void read(code)} />
      <Text size="sm" role="status" c={told.wrong ? 'var(--mantine-color-error)' : undefined}>
        {told.text}
      </Text>
    </Stack>
  );
}
