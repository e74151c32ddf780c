import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { LanguageProvider, type Spoken } from '@/i18n/i18n';
import { queryClient } from './query-client';
import { router } from './router';
import { colorSchemeManager, cssVariables, theme } from './theme';

export function App({ language }: { language: Spoken }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <LanguageProvider first={language}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-center" limit={3} autoClose={6000} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
