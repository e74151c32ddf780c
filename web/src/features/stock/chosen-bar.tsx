import { Button, Group, Paper, Text } from '@mantine/core';
import { useMessages } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import classes from './stock.module.css';

interface ChosenBarProps {
  count: number;
  onTransfer: () => void;
  onCount: () => void;
  onClear: () => void;
}

/** What can be done with the places that are ticked. */
export function ChosenBar({ count, onTransfer, onCount, onClear }: ChosenBarProps) {
  const { where, transfer } = useStockWords();
  const { action } = useMessages();
  return (
    <Paper className={classes.bar} p="sm" withBorder role="region" aria-label={where.chosen(count)}>
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">
          {where.chosen(count)}
        </Text>
        <Button size="sm" onClick={onTransfer}>
          {transfer.action}
        </Button>
        <Button size="sm" variant="default" onClick={onCount}>
          {where.count}
        </Button>
        <Button size="sm" variant="default" onClick={onClear}>
          {action.clear}
        </Button>
      </Group>
    </Paper>
  );
}
