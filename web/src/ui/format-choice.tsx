import { Button, Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMessages } from '@/i18n/i18n';

interface FormatChoiceProps<Format extends string> {
  label: string;
  formats: readonly Format[];
  names: Record<Format, string>;
  hints: Record<Format, string>;
  pending: boolean;
  /** What else is chosen, below the formats. */
  children?: ReactNode;
  onStart: (format: Format) => void;
}

/** As what a file is to be written, the first of the formats unless another is chosen. */
export function FormatChoice<Format extends string>({
  label,
  formats,
  names,
  hints,
  pending,
  children,
  onStart,
}: FormatChoiceProps<Format>) {
  const { exports: words } = useMessages();
  const [format, setFormat] = useState(formats[0]);
  return (
    <>
      <Radio.Group
        aria-label={label}
        value={format ?? ''}
        onChange={(value) => setFormat(formats.find((each) => each === value))}
      >
        <Stack gap="sm">
          {formats.map((value) => (
            <Radio key={value} value={value} label={names[value]} description={hints[value]} />
          ))}
        </Stack>
      </Radio.Group>
      {children}
      <Button ml="auto" loading={pending} onClick={() => format && onStart(format)}>
        {words.start}
      </Button>
    </>
  );
}
