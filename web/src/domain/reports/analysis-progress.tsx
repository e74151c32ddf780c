import { Group, Progress, Stack, Text } from '@mantine/core';
import type { Report } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';

/** Stage, rows and percent of an analysis that runs. */
export function AnalysisProgress({ report }: { report: Pick<Report, 'progress'> }) {
  const { stage, progress: words } = useMessages();
  const { progress } = report;
  const percent = progress?.percent ?? 0;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {stage[progress?.stage ?? 'queued']}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {progress?.rows ? words.rows(progress.rows) : null}
        </Text>
      </Group>
      <Progress value={Math.max(percent, 3)} animated aria-label={words.label} />
    </Stack>
  );
}
