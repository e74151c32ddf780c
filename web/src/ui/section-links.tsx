import { UnstyledButton } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';
import classes from './section-links.module.css';

const SectionLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <UnstyledButton component="a" {...props} />
));

interface SectionLinksProps {
  label: string;
  sections: readonly { to: string; label: string }[];
}

/** The ways between screens that belong together; they look like tabs and are links. */
export function SectionLinks({ label, sections }: SectionLinksProps) {
  return (
    <nav aria-label={label} className={classes.sections}>
      {sections.map((section) => (
        <SectionLink
          key={section.to}
          to={section.to}
          className={classes.section}
          activeOptions={{ includeSearch: false }}
        >
          {section.label}
        </SectionLink>
      ))}
    </nav>
  );
}
