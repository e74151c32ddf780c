import { Group, Text } from '@mantine/core';
import { useMessages } from '@/i18n/i18n';

export function Logo({ size = 28 }: { size?: number }) {
  const { app } = useMessages();
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text fw={700} fz={size * 0.64} style={{ letterSpacing: '-0.02em' }}>
        {app.name}
      </Text>
    </Group>
  );
}
