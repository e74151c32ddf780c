import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAdministrationWords } from '@/i18n/administration';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';

const SECTIONS = ['users', 'invitations'] as const;

interface AdministrationFrameProps {
  section: (typeof SECTIONS)[number];
  actions?: ReactNode;
  children: ReactNode;
}

/** What the screens of the administration have in common: their title, and the ways between them. */
export function AdministrationFrame({ section, actions, children }: AdministrationFrameProps) {
  const words = useAdministrationWords();
  return (
    <Page title={words.title} actions={actions}>
      <Group component="nav" gap={6} aria-label={words.sections}>
        {SECTIONS.map((name) =>
          name === section ? (
            <Button key={name} component="span" variant="light" size="xs" aria-current="page">
              {words[name]}
            </Button>
          ) : (
            <ButtonLink key={name} to={`/admin/${name}`} variant="default" size="xs">
              {words[name]}
            </ButtonLink>
          ),
        )}
      </Group>
      {children}
    </Page>
  );
}
