import { UnstyledButton } from '@mantine/core';
import { createLink, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ComponentPropsWithRef } from 'react';
import classes from './section-links.module.css';

const SectionLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <UnstyledButton component="a" {...props} />
));

interface SectionLinksProps {
  label: string;
  /** `exact` where the addresses of the others begin with its own. */
  sections: readonly { to: string; label: string; exact?: boolean }[];
}

/** The ways between screens that belong together; they look like tabs and are links. */
export function SectionLinks({ label, sections }: SectionLinksProps) {
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen, and one may come by an address.
    const current = row.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <nav aria-label={label} className={classes.sections} ref={row}>
      {sections.map((section) => (
        <SectionLink
          key={section.to}
          to={section.to}
          className={classes.section}
          activeOptions={{ includeSearch: false, exact: section.exact ?? false }}
        >
          {section.label}
        </SectionLink>
      ))}
    </nav>
  );
}
