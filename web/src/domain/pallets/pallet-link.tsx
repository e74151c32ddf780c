import { Text } from '@mantine/core';
import { TextLink } from '@/ui/link';

interface PalletLinkProps {
  /** Or the id of a stock line. */
  pallet: string;
  /** Pallets are followed within one warehouse; without one there is only the number. */
  warehouse: string | null | undefined;
}

/** A pallet's number, leading to its life across snapshots. */
export function PalletLink({ pallet, warehouse }: PalletLinkProps) {
  if (!warehouse)
    return (
      <Text span inherit className="code">
        {pallet}
      </Text>
    );
  return (
    <TextLink
      to="/w/$warehouse/pallets/$palletId"
      params={{ warehouse, palletId: pallet }}
      className="code"
    >
      {pallet}
    </TextLink>
  );
}
