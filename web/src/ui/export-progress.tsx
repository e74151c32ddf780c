import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormat, useMessages } from '@/i18n/i18n';

interface ExportProgressProps {
  /** The export as it is now; undefined until it was read. */
  file?: {
    status: string;
    reason?: string | null;
    filename?: string | null;
    size?: number | null;
    url?: string | null;
  };
  error: Error | null;
  /** What is said of the file once it is ready. */
  children: ReactNode;
  onAgain: () => void;
}

/** A file that is being written, then its link, or why it failed. */
export function ExportProgress({ file, error, children, onAgain }: ExportProgressProps) {
  const { exports: words } = useMessages();
  const format = useFormat();
  const again = (
    <Button variant="default" onClick={onAgain}>
      {words.again}
    </Button>
  );
  if (file?.status === 'ready' && file.url) {
    return (
      <Stack role="status">
        {children}
        <Button
          component="a"
          href={file.url}
          download={file.filename ?? true}
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {words.download(format.bytes(file.size ?? 0))}
        </Button>
        <Text size="xs" c="dimmed">
          {words.validFor}
        </Text>
        {again}
      </Stack>
    );
  }
  if (error || file?.status === 'failed') {
    return (
      <Stack>
        <Alert color="red" variant="light" role="alert" title={words.failed}>
          {file?.reason ?? error?.message}
        </Alert>
        {again}
      </Stack>
    );
  }
  return (
    <Stack align="center" py="lg" role="status">
      <Loader aria-hidden />
      <Text size="sm">{file?.status === 'writing' ? words.writing : words.queued}</Text>
    </Stack>
  );
}
