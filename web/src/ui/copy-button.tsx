import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMessages } from '@/i18n/i18n';

interface CopyButtonProps {
  text: string;
  className?: string | undefined;
  /** A short cut for the pointer alone, where the same can be copied elsewhere. */
  pointerOnly?: boolean;
}

/** Nothing where the browser gives no clipboard. */
export function CopyButton({ text, className, pointerOnly = false }: CopyButtonProps) {
  const { action: words } = useMessages();
  const { copied, copy } = useClipboard({ timeout: 1500 });
  if (!('clipboard' in navigator)) return null;
  const Sign = copied ? IconCheck : IconCopy;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      className={className}
      title={copied ? words.copied : words.copy(text)}
      aria-label={copied ? words.copied : words.copy(text)}
      tabIndex={pointerOnly ? -1 : undefined}
      aria-hidden={pointerOnly || undefined}
      onClick={() => copy(text)}
    >
      <Sign size={15} aria-hidden />
    </ActionIcon>
  );
}
