import { Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { decide } from '@/domain/warehouses/classify';
import type { Pattern } from '@/domain/warehouses/patterns';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import type { DraftRow } from './layout-draft';

interface TryCodeProps {
  rows: readonly DraftRow[];
  patterns: readonly (Pattern | null)[];
}

/** Which row decides a code, before anything is saved. */
export function TryCode({ rows, patterns }: TryCodeProps) {
  const { warehouses: words, locationType } = useMessages();
  const [code, setCode] = useState('');
  const index = code.trim() ? decide(patterns, code) : -1;
  const row = rows[index];
  return (
    <Card>
      <Group align="flex-end">
        <TextInput
          label={words.tryCode}
          placeholder="RECV-01"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Text role="status" pb={6}>
          {code.trim() === ''
            ? null
            : row
              ? words.tryHit(index + 1, locationType[row.location_type] ?? row.location_type)
              : words.tryMiss}
        </Text>
      </Group>
    </Card>
  );
}
