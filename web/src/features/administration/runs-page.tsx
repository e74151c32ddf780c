import { Box } from '@mantine/core';
import { RunList } from '@/domain/report-logs/run-list';
import { AdministrationFrame } from './administration-frame';

/** What ran, of all warehouses and people. */
export function RunsPage() {
  return (
    <AdministrationFrame>
      <Box maw={760}>
        <RunList />
      </Box>
    </AdministrationFrame>
  );
}
