import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Suspense, type ReactNode } from 'react';
import { useMessages } from '@/i18n/i18n';
import { Loading } from './states';

interface PageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Replaces the heading where it is more than a text. */
  heading?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, actions, heading, children }: PageProps) {
  const { app } = useMessages();
  useDocumentTitle(`${title} · ${app.name}`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ flex: '1 1 18rem', minWidth: 0 }}>
          {heading ?? (
            <Title order={1} size="h2">
              {title}
            </Title>
          )}
          {lead ? (
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          ) : null}
        </Box>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {/* A part whose words come later does not take the heading away. */}
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Stack>
  );
}
