import { Box, List, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAuthWords } from '@/i18n/auth';
import { useMessages } from '@/i18n/i18n';
import { Logo } from '@/ui/logo';
import { LanguagePicker } from './language-picker';
import classes from './auth-frame.module.css';

/** What surrounds signing in and registering. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  const auth = useAuthWords();
  const { app } = useMessages();
  useDocumentTitle(`${title} · ${app.name}`);
  return (
    <div className={classes.door}>
      <header className={classes.pitch}>
        <Logo size={32} />
        <Box className={classes.words}>
          <Text className={classes.claim}>{auth.pitch}</Text>
          <List
            spacing="sm"
            mt="xl"
            center={false}
            icon={
              <ThemeIcon size={22} radius="xl" variant="white" color="harbor.8" aria-hidden>
                <IconCheck size={14} stroke={2.5} />
              </ThemeIcon>
            }
          >
            {auth.points.map((point) => (
              <List.Item key={point}>{point}</List.Item>
            ))}
          </List>
        </Box>
      </header>
      <main className={classes.form}>
        <Stack w="100%" maw={400} gap="lg">
          <Title order={1} size="h2">
            {title}
          </Title>
          <Paper className={classes.paper} p="lg">
            {children}
          </Paper>
          <LanguagePicker />
        </Stack>
      </main>
    </div>
  );
}
