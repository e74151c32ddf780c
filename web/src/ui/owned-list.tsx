import { Alert, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Owned } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';

/** What keeps an account from being deleted. */
export function OwnedList({ title, owned }: { title: string; owned: Owned }) {
  const { owned: words } = useMessages();
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      <List size="sm" spacing={2}>
        {owned.warehouses.map(({ id, name }) => (
          <List.Item key={id}>
            <Link to="/w/$warehouse/members" params={{ warehouse: id }}>
              {name}
            </Link>
          </List.Item>
        ))}
        {owned.reports > 0 ? <List.Item>{words.reports(owned.reports)}</List.Item> : null}
      </List>
      {owned.more ? <Text size="sm">{words.more}</Text> : null}
    </Alert>
  );
}
