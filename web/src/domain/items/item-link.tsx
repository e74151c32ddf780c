import { TextLink } from '@/ui/link';

interface ItemLinkProps {
  item: { id: string; sku: string };
}

/** An item by its SKU, leading to its page. Only readers of the catalog are told of items. */
export function ItemLink({ item }: ItemLinkProps) {
  return (
    <TextLink to="/items/$itemId" params={{ itemId: item.id }} className="code">
      {item.sku}
    </TextLink>
  );
}
