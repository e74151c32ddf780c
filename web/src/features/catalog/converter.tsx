import { Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Unit } from '@/api/catalog';
import { conversionQuery } from '@/api/units';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { exactText, isExact } from './unit-draft';

/** "5 box = 60 pcs", exact: what it says is computed by the service, as stock is. */
export function Converter({ units }: { units: readonly Unit[] }) {
  const { unit: words } = useCatalogWords();
  const format = useFormat();
  const [quantity, setQuantity] = useState('1');
  const [from, setFrom] = useState('dozen');
  const [to, setTo] = useState('pcs');
  const [asked] = useDebouncedValue(exactText(quantity), 250);
  const dimensionOf = (code: string) => units.find((unit) => unit.code === code)?.dimension;
  const fits = dimensionOf(from) !== undefined && dimensionOf(from) === dimensionOf(to);
  const valid = isExact(quantity);
  const query = useQuery({
    ...conversionQuery(asked, from, to),
    enabled: fits && isExact(asked),
  });
  const data = units.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
  const result = fits && valid ? query.data : undefined;
  return (
    <Card title={words.convert}>
      <Group align="flex-start" gap="sm">
        <TextInput
          label={words.quantity}
          style={{ flex: '1 1 7rem', maxWidth: '12rem' }}
          maxLength={40}
          autoComplete="off"
          value={quantity}
          error={valid ? null : words.notANumber}
          onChange={(event) => setQuantity(event.currentTarget.value)}
        />
        <Select
          label={words.from}
          style={{ flex: '1 1 10rem', maxWidth: '16rem' }}
          searchable
          allowDeselect={false}
          data={data}
          value={from}
          onChange={(code) => setFrom(code ?? from)}
        />
        <Select
          label={words.to}
          style={{ flex: '1 1 10rem', maxWidth: '16rem' }}
          searchable
          allowDeselect={false}
          data={data}
          value={to}
          error={fits ? null : words.differing}
          onChange={(code) => setTo(code ?? to)}
        />
      </Group>
      <Text role="status" fz="lg" fw={600} className="numbers" mih="1.6em">
        {result ? words.result(quantity.trim(), from, format.number(result.quantity, 12), to) : ''}
        {result?.quantity_exact ? (
          <Text span size="sm" c="dimmed" fw={400}>
            {` (${words.rounded(result.quantity_exact)})`}
          </Text>
        ) : null}
      </Text>
      {query.error && fits && valid ? (
        <Text size="sm" role="alert">
          {query.error.message}
        </Text>
      ) : null}
    </Card>
  );
}
