import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inventoryTypesQuery } from '@/api/catalog';
import { moveOrder, type MovingAct, type Order } from '@/api/orders';
import { orderIn } from '@/api/problem';
import { useConflictText } from '@/domain/stock/conflict';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Dialog } from '@/ui/dialog';
import { MovedLineFields } from './moved-line-fields';
import {
  EMPTY_MOVED,
  lineFor,
  mostOf,
  movable,
  movedOf,
  withScan,
  type MovedDraft,
} from './order-draft';
import { ScanLine, type Scanned } from './scan-line';
import { useLineText } from './use-line-text';
import { useStep } from './use-order';

interface MoveGoodsDialogProps {
  order: Order;
  act: MovingAct;
  onClose: () => void;
}

type Drafts = Readonly<Record<string, MovedDraft>>;

/** Receives, ships or returns: by typing quantities, or by scanning one label after the other. */
export function MoveGoodsDialog({ order, act, onClose }: MoveGoodsDialogProps) {
  const words = useOrderWords();
  const { action, state } = useMessages();
  const text = useLineText();
  const lines = movable(order, act);
  const types = useQuery(inventoryTypesQuery()).data ?? [];
  const [drafts, setDrafts] = useState<Drafts>({});
  const [location, setLocation] = useState('');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const change = (lineId: string, changes: Partial<MovedDraft>) =>
    setDrafts((before) => ({
      ...before,
      [lineId]: { ...EMPTY_MOVED, ...before[lineId], ...changes },
    }));
  const all = () =>
    setDrafts((before) =>
      Object.fromEntries(
        lines.map((line) => [
          line.line_id,
          { ...EMPTY_MOVED, ...before[line.line_id], quantity: mostOf(line, act) },
        ]),
      ),
    );
  const take = ({ item, label }: Scanned): string => {
    const line = lineFor(lines, drafts, item.id, act);
    if (!line) return words.notInOrder(item.name);
    const next = withScan(drafts[line.line_id] ?? EMPTY_MOVED, label);
    change(line.line_id, next);
    return words.scanned(item.name, text(line, next.quantity || 0));
  };
  const located = Object.fromEntries(
    Object.entries(drafts).map(([id, draft]) => [
      id,
      { ...draft, location: draft.location || location },
    ]),
  );
  const moving = useMoving(order, act, { onClose, onProblem: setProblem });
  return (
    <Dialog size="lg" onClose={onClose} title={words.moveTitle[act](order.internal_number)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const moved = movedOf(lines, located, act);
          if (moved.length === 0) return setProblem(words.nothingGiven);
          setProblem('');
          moving.mutate({ lines: moved, ...(reason.trim() ? { reason: reason.trim() } : {}) });
        }}
      >
        <Stack>
          <ScanLine onScan={take} />
          <Group justify="space-between" align="flex-end" gap="xs">
            <TextInput
              label={words.location}
              placeholder={state.optional}
              maxLength={64}
              autoComplete="off"
              style={{ flex: '1 1 10rem' }}
              value={location}
              onChange={(event) => setLocation(event.currentTarget.value)}
            />
            <Button variant="default" onClick={all}>
              {act === 'return' ? words.allReturnable : words.all}
            </Button>
          </Group>
          {lines.map((line) => (
            <MovedLineFields
              key={line.line_id}
              line={line}
              act={act}
              types={types}
              draft={drafts[line.line_id] ?? EMPTY_MOVED}
              onChange={(changes) => change(line.line_id, changes)}
            />
          ))}
          {act === 'return' ? (
            <TextInput
              label={words.reason}
              placeholder={state.optional}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {problem}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button type="submit" loading={moving.isPending}>
              {words.act[act]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface Moving {
  onClose: () => void;
  onProblem: (text: string) => void;
}

function useMoving(order: Order, act: MovingAct, { onClose, onProblem }: Moving) {
  const words = useOrderWords();
  const conflictText = useConflictText();
  const text = useLineText();
  return useStep(
    order,
    (body: Parameters<typeof moveOrder>[2], key) => moveOrder(order.id, act, body, key),
    {
      done: words.done[act](order.internal_number),
      onDone: onClose,
      onError: (error) => {
        const [first] = orderIn(error)?.lines ?? [];
        const line = order.lines.find(({ line_id }) => line_id === first?.line_id);
        const told =
          first && line
            ? words.tooMuch(line.item_name, text(line, first.open))
            : orderIn(error)
              ? words.notPossible
              : conflictText(error);
        if (told === undefined && !(error instanceof Error)) return false;
        onProblem(told ?? (error as Error).message);
        return true;
      },
    },
  );
}
