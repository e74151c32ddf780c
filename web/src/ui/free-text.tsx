import { Text, type TextProps } from '@mantine/core';
import { turnedVisible } from './turned-visible';

/** What somebody wrote, with its lines, in the direction of its own script and without turning
 *  that of anything beside it. */
export function FreeText({ text, ...more }: { text: string } & TextProps) {
  return (
    <Text
      dir="auto"
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}
      {...more}
    >
      {turnedVisible(text)}
    </Text>
  );
}
