import { Text } from '@mantine/core';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import type { Overfull } from './occupancy';

interface OverfullNoteProps {
  parts: readonly Overfull[];
  /** What the parts have in common, which needs no words: their type, their zone, or neither. */
  by: 'type' | 'zone' | 'both';
}

/** "Over capacity: Dock 400 %, Staging 180 %". */
export function OverfullNote({ parts, by }: OverfullNoteProps) {
  const { utilization: words } = useWarehouseWords();
  const { locationType } = useMessages();
  const format = useFormat();
  if (parts.length === 0) return null;
  const named = parts.map(({ type, zone, fill }) => {
    const kind = type === null ? words.noType : (locationType[type] ?? type);
    const place = zone ?? words.noZone;
    const name =
      by === 'type' ? place : by === 'zone' || zone === null ? kind : `${kind} (${zone})`;
    return `${name} ${format.percent(fill)}`;
  });
  return (
    <Text span inherit display="block" fw={600} c="var(--priority-very-high)">
      {words.overCapacity(format.list(named))}
    </Text>
  );
}
