import { SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconArrowsDiff, IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Anomaly } from '@/api/anomalies';
import { DIFF_PARTS, diffQuery, type DiffPart } from '@/api/comparing';
import { reportListQuery, type Report } from '@/api/reports';
import { AnomalyPanel } from '@/domain/anomalies/anomaly-panel';
import { AnomalyTable } from '@/domain/anomalies/anomaly-table';
import { arrange } from '@/domain/anomalies/arrange';
import { LoadingRest } from '@/domain/anomalies/loading-rest';
import { needsEverything, orderOf } from '@/domain/anomalies/selection';
import { useEveryPage } from '@/domain/anomalies/use-anomaly-rows';
import { useSelectionChange } from '@/domain/anomalies/use-selection-change';
import { useFormat, useMessages } from '@/i18n/i18n';
import { LoadMore } from '@/ui/load-more';
import { Loaded, Notice } from '@/ui/states';
import { RuleChanges } from './rule-changes';

const route = getRouteApi('/inside/reports/$reportId');

/** Two analyses of one warehouse side by side; either may be the newer. */
export function CompareTab({ report }: { report: Report }) {
  const { compare: words } = useMessages();
  const format = useFormat();
  const { against: chosen, part = 'new' } = route.useSearch();
  const navigate = route.useNavigate();
  const reports = useInfiniteQuery({
    ...reportListQuery({ warehouse_id: report.warehouse_id ?? '', status: 'ready' }),
    enabled: Boolean(report.warehouse_id),
  });
  if (!report.warehouse_id) {
    return (
      <Notice icon={IconArrowsDiff} title={words.noWarehouse}>
        {words.noWarehouseText}
      </Notice>
    );
  }
  const change = (changes: { against?: string; part?: DiffPart }) =>
    void navigate({
      search: (before) => ({ ...before, ...changes, anomaly: undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Loaded
      query={{
        ...reports,
        data: reports.data?.pages
          .flatMap((page) => page.entries)
          .filter(({ id }) => id !== report.id),
      }}
    >
      {(otherReports) => {
        const known = (id: string | null | undefined) =>
          otherReports.some((other) => other.id === id);
        const against =
          chosen ??
          (known(report.comparison?.previous) ? report.comparison?.previous : otherReports[0]?.id);
        if (!against) {
          return (
            <Notice icon={IconArrowsDiff} title={words.none}>
              {words.noneText}
            </Notice>
          );
        }
        return (
          <Stack gap="md">
            <Select
              label={words.with}
              maw={460}
              allowDeselect={false}
              searchable={otherReports.length > 8}
              data={otherReports.map((other) => ({
                value: other.id,
                label: words.option(
                  other.report_name,
                  format.dateTime(other.as_of ?? other.created_at, report.timezone),
                ),
              }))}
              value={against}
              onChange={(id) => {
                if (id) change({ against: id });
              }}
            />
            <LoadMore query={reports} size="xs" />
            <Difference
              key={against}
              report={report}
              against={against}
              part={part}
              onPart={(chosenPart) => change({ part: chosenPart })}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface DifferenceProps {
  report: Report;
  against: string;
  part: DiffPart;
  onPart: (part: DiffPart) => void;
}

function Difference({ report, against, part, onPart }: DifferenceProps) {
  const { compare: words } = useMessages();
  const format = useFormat();
  const query = useInfiniteQuery(diffQuery(report.id, against, part, report.updated_at));
  const loaded = useMemo(() => query.data?.pages.flatMap((page) => page[part]), [query.data, part]);
  // The counts stay while another part is read.
  const [counts, setCounts] = useState(query.data?.pages[0]?.counts);
  const latest = query.data?.pages[0]?.counts;
  if (latest && latest !== counts) setCounts(latest);
  const hint = {
    new: words.newHint,
    persisting: words.persistingHint,
    resolved: words.resolvedHint,
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={words.part}
        value={part}
        onChange={(value) => onPart(value)}
        w="fit-content"
        maw="100%"
        data={DIFF_PARTS.map((value) => ({
          value,
          label: counts ? `${words[value]} (${format.number(counts[value])})` : words[value],
        }))}
      />
      <Text size="sm" c="dimmed">
        {hint[part]}
      </Text>
      {query.data?.pages[0] ? <RuleChanges changes={query.data.pages[0]} /> : null}
      <Loaded query={{ ...query, data: loaded }}>
        {(anomalies) =>
          anomalies.length === 0 ? (
            <Notice icon={IconCircleCheck} title={words.empty} />
          ) : (
            <DifferenceList anomalies={anomalies} query={query} />
          )
        }
      </Loaded>
    </Stack>
  );
}

const NOTHING: ReadonlySet<string> = new Set();

interface DifferenceListProps {
  anomalies: readonly Anomaly[];
  query: UseInfiniteQueryResult;
}

function DifferenceList({ anomalies, query }: DifferenceListProps) {
  const { sort, desc, anomaly } = route.useSearch();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // The service gives a comparison in one order only.
  const everything = Boolean(desc) || needsEverything({ sort });
  useEveryPage(query, everything);
  const change = useSelectionChange();
  const rows = useMemo(() => {
    const turned = orderOf({ sort, desc }) ? [...anomalies].reverse() : anomalies;
    return arrange(turned, { sort, desc });
  }, [anomalies, sort, desc]);
  return (
    <>
      {everything && hasNextPage ? <LoadingRest shown={anomalies.length} /> : null}
      <AnomalyTable
        rows={rows}
        selection={{ sort, desc, anomaly }}
        onChange={change}
        picked={NOTHING}
        folded={NOTHING}
        onFold={() => undefined}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
      />
      {anomaly ? (
        <AnomalyPanel
          id={anomaly}
          over
          onClose={() => change({ anomaly: undefined })}
          onOpen={(id) => change({ anomaly: id })}
        />
      ) : null}
    </>
  );
}
