import { Button, type ButtonProps } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { ItemSummary } from '@/api/items';
import { mayMoveStock, useCompanyRole } from '@/domain/access/company-role';
import { useConsumptionWords } from '@/i18n/consumption';
import { UseDialog } from './use-dialog';

interface UseButtonProps {
  item: Pick<ItemSummary, 'id' | 'name' | 'unit' | 'status'>;
  label?: { lot: string | null; serial: string | null };
  size?: ButtonProps['size'];
  /** Whether its name says of what, where several stand on a screen. */
  named?: boolean;
}

/** The first of two clicks that log what was used; for whoever may move stock. */
export function UseButton({ item, label, size, named = false }: UseButtonProps) {
  const words = useConsumptionWords();
  const [opened, setOpened] = useState(false);
  if (!mayMoveStock(useCompanyRole())) return null;
  return (
    <>
      <Button
        variant="default"
        size={size}
        aria-label={named ? words.useOf(item.name) : undefined}
        disabled={item.status === 'archived'}
        onClick={() => setOpened(true)}
      >
        {words.use}
      </Button>
      {/* Words that only the dialog has are loaded without what is behind it going away. */}
      <Suspense>
        {opened ? <UseDialog item={item} label={label} onClose={() => setOpened(false)} /> : null}
      </Suspense>
    </>
  );
}
