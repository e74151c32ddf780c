import { Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Anomaly } from '@/api/anomalies';
import { useSession } from '@/api/session/session';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Loaded, NothingMatches } from '@/ui/states';
import classes from './anomaly-browser.module.css';
import { AnomalyPanel } from './anomaly-panel';
import { AnomalyTable } from './anomaly-table';
import { arrange, type Row } from './arrange';
import { BulkBar } from './bulk-bar';
import { LoadingRest } from './loading-rest';
import {
  filterOf,
  isFiltered,
  needsEverything,
  NO_FILTER,
  orderOf,
  type Scope,
  type ChangeSelection,
  type Selection,
} from './selection';
import { useAnomalyRows } from './use-anomaly-rows';

interface AnomalyBrowserProps {
  selection: Selection;
  onChange: ChangeSelection;
  scope: Scope;
  /** How many there are without filters, where that is known. */
  total?: number;
  filters: ReactNode;
  empty: ReactNode;
  withReport?: boolean;
  /** Whoever can only look has nothing to select for. */
  readOnly?: boolean;
}

/** The list with its filters, the panel beside it, and what is done with many at once. */
export function AnomalyBrowser(props: AnomalyBrowserProps) {
  const { selection, onChange, scope, total, filters, empty } = props;
  const { withReport = false, readOnly = false } = props;
  const everything = needsEverything(selection);
  const me = useSession()?.username ?? '';
  // Groups by rule and so on count what is in them, and a search finds companions too.
  const grouped = !selection.group && !selection.q;
  const query = useAnomalyRows(
    {
      ...filterOf(selection, me),
      ...scope,
      order: orderOf(selection),
      grouped,
    },
    everything,
  );
  const { anomalies, leftOut, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const [picked, setPicked] = useState<ReadonlyMap<string, Anomaly>>(new Map());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const { q, sort, desc, group, anomaly: current } = selection;
  const rows = useMemo(
    () => arrange(anomalies ?? [], { q, sort, desc, group }, folded),
    [anomalies, q, sort, desc, group, folded],
  );
  const reachEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const step = useStep(rows, current, onChange);
  const { anomalies: words } = useMessages();

  const pick = (chosen: readonly Anomaly[], on: boolean) =>
    setPicked((before) => {
      const next = new Map(before);
      for (const anomaly of chosen) {
        if (on) next.set(anomaly.id, anomaly);
        else next.delete(anomaly.id);
      }
      return next;
    });
  const fold = (key: string) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <div className={classes.browser} data-panel={current ? true : undefined}>
      <Stack gap="sm" miw={0}>
        {filters}
        <Loaded query={{ ...query, data: anomalies }}>
          {() =>
            rows.length > 0 ? (
              <>
                <Counted
                  rows={rows}
                  leftOut={leftOut}
                  total={total}
                  more={hasNextPage}
                  {...{ selection, everything }}
                />
                <AnomalyTable
                  rows={rows}
                  selection={selection}
                  onChange={onChange}
                  picked={new Set(picked.keys())}
                  onPick={readOnly ? undefined : pick}
                  folded={folded}
                  onFold={fold}
                  onEnd={reachEnd}
                />
              </>
            ) : hasNextPage ? (
              <Counted
                rows={rows}
                leftOut={leftOut}
                total={total}
                more
                {...{ selection, everything: true }}
              />
            ) : isFiltered(selection) ? (
              <NothingMatches title={words.nothingTitle} onClear={() => onChange(NO_FILTER)}>
                {words.nothing}
              </NothingMatches>
            ) : (
              empty
            )
          }
        </Loaded>
        <BulkBar
          picked={[...picked.values()]}
          grouped={grouped}
          onDone={() => setPicked(new Map())}
        />
      </Stack>
      {current ? (
        <AnomalyPanel
          id={current}
          onClose={() => onChange({ anomaly: undefined })}
          onStep={step}
          onOpen={(id) => onChange({ anomaly: id })}
          withReport={withReport}
        />
      ) : null}
    </div>
  );
}

/** From the anomaly that is looked at to its neighbour, wherever it went in the meantime. */
function useStep(rows: readonly Row[], current: string | undefined, onChange: ChangeSelection) {
  const [lastPlace, setLastPlace] = useState(0);
  const anomalies = useMemo(
    () => rows.flatMap((row) => (row.kind === 'anomaly' ? [row.anomaly.id] : [])),
    [rows],
  );
  const place = current ? anomalies.indexOf(current) : -1;
  if (place >= 0 && place !== lastPlace) setLastPlace(place);
  return (by: -1 | 1) => {
    // One that has left the list: whatever moved up into its place comes next.
    const next = place >= 0 ? place + by : by === 1 ? lastPlace : lastPlace - 1;
    const id = anomalies[Math.max(0, Math.min(next, anomalies.length - 1))];
    if (id) onChange({ anomaly: id });
  };
}

interface CountedProps {
  rows: readonly Row[];
  /** Companions behind the rows. */
  leftOut: number;
  total: number | undefined;
  more: boolean;
  everything: boolean;
  selection: Selection;
}

function Counted({ rows, leftOut, total, more, everything, selection }: CountedProps) {
  const { anomalies: words } = useMessages();
  const format = useFormat();
  const lines = rows.reduce((sum, row) => sum + (row.kind === 'anomaly' ? 1 : 0), 0);
  const shown = lines + leftOut;
  if (more && everything) return <LoadingRest shown={shown} />;
  const filtered = isFiltered(selection);
  const text =
    total !== undefined && (more || filtered)
      ? filtered
        ? words.shown(shown, format.number(total))
        : words.count(total)
      : more
        ? words.loaded(shown)
        : words.count(shown);
  return (
    <Text size="sm" c="dimmed" className="numbers" role="status">
      {leftOut > 0 && !more ? words.inLines(text, lines) : text}
    </Text>
  );
}
