import type { ReactNode } from 'react';
import { useAdministrationWords } from '@/i18n/administration';
import { Page } from '@/ui/page';
import { SectionLinks } from '@/ui/section-links';

const SECTIONS = [
  'overview',
  'users',
  'invitations',
  'runs',
  'audit',
  'verification',
  'security',
] as const;

interface AdministrationFrameProps {
  actions?: ReactNode;
  children: ReactNode;
}

/** What the screens of the administration have in common: their title, and the ways between them. */
export function AdministrationFrame({ actions, children }: AdministrationFrameProps) {
  const words = useAdministrationWords();
  const sections = SECTIONS.map((name) => ({ to: `/admin/${name}`, label: words[name] }));
  return (
    <Page title={words.title} actions={actions}>
      <SectionLinks label={words.sections} sections={sections} />
      {children}
    </Page>
  );
}
