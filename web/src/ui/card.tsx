import { Group, Paper, Stack, Title, type PaperProps } from '@mantine/core';
import type { AriaRole, ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps extends PaperProps {
  title?: ReactNode;
  /** Stands at the end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
  role?: AriaRole;
  'aria-label'?: string;
}

export function Card({ title, aside, children, className, ...rest }: CardProps) {
  return (
    <Paper className={`${classes.card} ${className ?? ''}`} p="md" {...rest}>
      {title || aside ? (
        <Stack gap="sm">
          <Group justify="space-between" gap="4px 12px" align="baseline">
            {typeof title === 'string' ? (
              <Title order={2} size="h5">
                {title}
              </Title>
            ) : (
              title
            )}
            {aside}
          </Group>
          {children}
        </Stack>
      ) : (
        children
      )}
    </Paper>
  );
}
