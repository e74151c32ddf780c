import { Button, type ButtonProps } from '@mantine/core';
import { useMessages } from '@/i18n/i18n';

interface LoadMoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  size?: ButtonProps['size'];
}

/** The way to the next page of a list; nothing where there is none. */
export function LoadMore({ query, size }: LoadMoreProps) {
  const { action } = useMessages();
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="default"
      w="fit-content"
      size={size}
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {action.loadMore}
    </Button>
  );
}
