import { ActionIcon, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isUnderWay, reportQuery, REPORTS } from '@/api/reports';
import { useFreshLists } from '@/domain/reports/use-fresh-lists';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Identifier } from '@/ui/identifier';
import { ReportRow } from './report-row';
import {
  cancelUpload,
  dismissUpload,
  isSending,
  mayBeSentAgain,
  repeatUpload,
  useUploads,
  type Upload,
} from './uploads';

/** The files of this visit: first their bytes on the way, then the analysis of each. */
export function UploadList() {
  const { upload: words } = useMessages();
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  return (
    <Card title={words.thisSession}>
      <Stack gap="md">
        {uploads.map((upload) =>
          upload.state === 'sent' && upload.reportId ? (
            <SentFile key={upload.key} id={upload.reportId} fallback={upload} />
          ) : (
            <Sending key={upload.key} upload={upload} />
          ),
        )}
      </Stack>
    </Card>
  );
}

function SentFile({ id, fallback }: { id: string; fallback: Upload }) {
  const { data: report, isError } = useQuery(reportQuery(id));
  const queries = useQueryClient();
  useFreshLists(report);
  useEffect(() => {
    // What was created a moment ago is not in any list that was read before.
    void queries.invalidateQueries({ queryKey: [...REPORTS, 'list'] });
  }, [queries, report?.status]);
  // Its file is there; that the service has not seen it yet is no news for who sent it.
  const unseen = report?.status === 'awaiting_upload' && isUnderWay(report);
  return report && !unseen ? (
    <ReportRow report={report} />
  ) : (
    <Sending upload={fallback} mayClear={isError} />
  );
}

interface SendingProps {
  upload: Upload;
  /** Where nothing more can be learned of what was received. */
  mayClear?: boolean;
}

function Sending({ upload, mayClear = false }: SendingProps) {
  const { upload: words, action } = useMessages();
  const format = useFormat();
  const { file, state, sent, key, error } = upload;
  const message = {
    preparing: words.preparing,
    waiting: words.waiting,
    sending: words.sent(format.bytes(sent), format.bytes(file.size)),
    sent: words.received,
    failed: `${words.failed}. ${error instanceof Error ? error.message : ''}`,
    cancelled: words.cancelled,
  }[state];
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} miw={0} component="span" style={{ flex: 1 }}>
          <Identifier text={file.name} end={12} />
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Text
            size="sm"
            c={state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}
            className="numbers"
            role={state === 'failed' ? 'alert' : undefined}
          >
            {message}
          </Text>
          {isSending(upload) ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${words.cancel}: ${file.name}`}
              onClick={() => cancelUpload(key)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          ) : null}
        </Group>
      </Group>
      {isSending(upload) ? (
        <Progress
          value={file.size ? (100 * sent) / file.size : 0}
          aria-label={`${words.sending}: ${file.name}`}
        />
      ) : mayBeSentAgain(upload) || mayClear ? (
        <Group gap="xs">
          {mayBeSentAgain(upload) ? (
            <Button size="xs" onClick={() => repeatUpload(key)}>
              {words.retry}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={() => dismissUpload(key)}>
            {action.clear}
          </Button>
        </Group>
      ) : (
        // How long the service takes to say what it made of the file, nobody knows.
        <Progress value={100} striped animated aria-hidden />
      )}
    </Stack>
  );
}
