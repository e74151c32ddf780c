import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { stepOrder, type MovingAct, type Order, type OrderAct } from '@/api/orders';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useMayMoveIn } from '@/domain/access/moving';
import { useOrderWords } from '@/i18n/orders';
import { Confirm } from '@/ui/confirm';
import { MoveGoodsDialog } from './move-goods-dialog';
import { useStep } from './use-order';

const isMoving = (act: OrderAct): act is MovingAct =>
  act === 'receive' || act === 'ship' || act === 'return';

/** What can be done with the order now, by whoever looks at it. */
export function OrderActions({ order }: { order: Order }) {
  const words = useOrderWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const mayMove = useMayMoveIn()(order.warehouse_id);
  const [doing, setDoing] = useState<OrderAct | null>(null);
  const close = () => setDoing(null);
  const acts = order.possible.filter((act) => (isMoving(act) ? mayMove : mayManage));
  const closing = order.status.startsWith('partially');
  return (
    <>
      <Group gap="xs">
        {acts.map((act, index) => (
          <Button
            key={act}
            variant={index === 0 && act !== 'return' ? 'filled' : 'default'}
            onClick={() => setDoing(act)}
          >
            {act === 'cancel' && closing ? words.act.close : words.act[act]}
          </Button>
        ))}
      </Group>
      {doing && isMoving(doing) ? (
        <MoveGoodsDialog order={order} act={doing} onClose={close} />
      ) : null}
      <StepConfirm order={order} act="place" opened={doing === 'place'} onClose={close} />
      <StepConfirm order={order} act="cancel" opened={doing === 'cancel'} onClose={close} />
    </>
  );
}

interface StepConfirmProps {
  order: Order;
  act: 'place' | 'cancel';
  opened: boolean;
  onClose: () => void;
}

function StepConfirm({ order, act, opened, onClose }: StepConfirmProps) {
  const words = useOrderWords();
  const kind = act === 'cancel' && order.status.startsWith('partially') ? 'close' : act;
  const stepping = useStep(
    order,
    (step: 'place' | 'cancel', key) => stepOrder(order.id, step, key),
    { done: words.done[kind](order.internal_number), onDone: onClose },
  );
  const text = { place: words.placeText, cancel: words.cancelText, close: words.closeText };
  return (
    <Confirm
      opened={opened}
      danger={act === 'cancel'}
      title={words.act[kind]}
      confirm={words.act[kind]}
      pending={stepping.isPending}
      onConfirm={() => stepping.mutate(act)}
      onClose={onClose}
    >
      {text[kind]}
    </Confirm>
  );
}
