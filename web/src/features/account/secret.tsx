import { Button, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMessages } from '@/i18n/i18n';

interface SecretProps {
  label: string;
  /** What the button says, which does not read the text aloud. */
  copyLabel: string;
  text: string;
}

/** Something to be kept, as text and for the clipboard. */
export function Secret({ label, copyLabel, text }: SecretProps) {
  const { action } = useMessages();
  const { copied, copy } = useClipboard({ timeout: 1500 });
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Group gap="xs" align="flex-start">
        <Text className="code" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {text}
        </Text>
        {'clipboard' in navigator ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={
              copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />
            }
            onClick={() => copy(text)}
          >
            {copied ? action.copied : copyLabel}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
