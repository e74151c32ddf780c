import type { CSSProperties } from 'react';
import classes from './identifier.module.css';

interface IdentifierProps {
  text: string;
  /** How many of its last characters are always seen. */
  end?: number;
}

/**
 * A number or name on one line. Those of one kind differ at their ends (003500123400000158), so
 * where there is no room it is shortened in its middle.
 */
export function Identifier({ text, end = 6 }: IdentifierProps) {
  const characters = [...text];
  const start = characters.slice(0, -end).join('');
  return (
    <span className={classes.whole} title={text} style={{ '--end': `${end}ch` } as CSSProperties}>
      {start ? <span className={classes.start}>{start}</span> : null}
      {characters.slice(-end).join('')}
    </span>
  );
}
