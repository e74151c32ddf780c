import { Table, Text } from '@mantine/core';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';

export function PatternHelp() {
  const { warehouses: words } = useMessages();
  return (
    <Card title={words.syntaxTitle}>
      <Table aria-label={words.syntaxTitle}>
        <Table.Tbody>
          {words.syntax.map(([pattern, meaning]) => (
            <Table.Tr key={pattern}>
              <Table.Th scope="row" fw={500} w="45%" className="code">
                {pattern}
              </Table.Th>
              <Table.Td>
                <Text size="sm">{meaning}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
