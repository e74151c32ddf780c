import { ActionIcon, Alert, Divider, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconHistory, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { anomalyQuery, type AnomalyDetail } from '@/api/anomalies';
import { mayConfigure, mayWork, useReport, useReportRole } from '@/domain/access/membership-role';
import { AuditHistory } from '@/domain/audit/audit-history';
import { useAuditWords } from '@/i18n/audit';
import { useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { Loaded } from '@/ui/states';
import classes from './anomaly-panel.module.css';
import { CompanionSection } from './companion-section';
import { CostView } from './cost-view';
import { FloodSection } from './flood-section';
import { EvidenceView } from './evidence-view';
import { HistoryView } from './history-view';
import { DueMark, PriorityMark, StatusMark } from './marks';
import { PanelHead } from './panel-head';
import { RecurrenceNote } from './recurrence';
import { StatusControl } from './status-control';
import { SuppressSection } from './suppress-section';
import { WorkFields } from './work-fields';

interface AnomalyPanelProps {
  id: string;
  onClose: () => void;
  /** To the neighbour in the list: -1 the one before, 1 the one after. */
  onStep?: (step: -1 | 1) => void;
  /** To another anomaly about the same subject. */
  onOpen?: (id: string) => void;
  /** On the report's own page a link to it leads nowhere. */
  withReport?: boolean;
  /** Over the page, however much room there is. */
  over?: boolean;
}

/** Beside the list where there is room, over it on a phone. */
export function AnomalyPanel(props: AnomalyPanelProps) {
  const { panel: words } = useMessages();
  const wide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const { onClose, onStep, over } = props;
  useHotkeys([
    [
      'Escape',
      // What lies above the panel closes by itself, and only that.
      ({ target }) => {
        if (!(target as Element).closest('[role=menu], [role=dialog]')) onClose();
      },
    ],
    ['j', () => onStep?.(1)],
    ['k', () => onStep?.(-1)],
  ]);
  if (wide && !over) {
    return (
      <aside className={classes.aside} aria-label={words.title}>
        <PanelContent {...props} />
      </aside>
    );
  }
  return (
    <Drawer.Root opened onClose={onClose} position="right" size="min(100vw, 34rem)" padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={words.title} className={classes.sheet}>
        <Drawer.Body h="100%">
          <PanelContent {...props} thumb />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** `thumb`: the status is worked at the bottom, where the thumb of the hand with the phone is. */
function PanelContent({
  id,
  onClose,
  onStep,
  onOpen,
  withReport,
  thumb = false,
}: AnomalyPanelProps & { thumb?: boolean }) {
  const { panel: words } = useMessages();
  const query = useQuery(anomalyQuery(id));
  return (
    <Stack gap={0} h="100%">
      <Group justify="space-between" p="xs" pl="md" className={classes.top} wrap="nowrap">
        {query.data ? <PriorityMark priority={query.data.priority} /> : <span />}
        <Group gap={4} wrap="nowrap">
          {onStep ? (
            <>
              <Step label={words.previous} onClick={() => onStep(-1)} sign={IconChevronUp} />
              <Step label={words.following} onClick={() => onStep(1)} sign={IconChevronDown} />
            </>
          ) : null}
          <Step label={words.close} onClick={onClose} sign={IconX} />
        </Group>
      </Group>
      <div className={classes.content}>
        <Loaded query={query}>
          {(anomaly) => (
            <Detail
              key={anomaly.id}
              anomaly={anomaly}
              withReport={withReport}
              thumb={thumb}
              onClose={onClose}
              onOpen={onOpen}
            />
          )}
        </Loaded>
      </div>
      {thumb && query.data ? <Bottom key={id} anomaly={query.data} /> : null}
    </Stack>
  );
}

function Step({
  label,
  onClick,
  sign: Sign,
}: {
  label: string;
  onClick: () => void;
  sign: typeof IconX;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
      <Sign size={20} aria-hidden />
    </ActionIcon>
  );
}

/** Only for those who may do it; so that the thumb of the hand with the phone reaches it. */
function Bottom({ anomaly }: { anomaly: AnomalyDetail }) {
  const membershipRole = useReportRole(useReport(anomaly.report_id));
  if (!mayWork(membershipRole) || anomaly.newer) return null;
  return (
    <div className={classes.bottom}>
      <StatusControl anomaly={anomaly} />
    </div>
  );
}

interface DetailProps {
  anomaly: AnomalyDetail;
  withReport: boolean | undefined;
  thumb: boolean;
  onClose: () => void;
  onOpen: ((id: string) => void) | undefined;
}

function Detail({ anomaly, withReport, thumb, onClose, onOpen }: DetailProps) {
  const { panel: words, triage } = useMessages();
  const report = useReport(anomaly.report_id);
  const membershipRole = useReportRole(report);
  return (
    <Stack gap="md" p="md" pt={0}>
      <div>
        <PanelHead anomaly={anomaly} report={report} />
        <RecurrenceNote anomaly={anomaly} report={report} />
      </div>
      {anomaly.newer ? (
        <SupersededNote anomaly={anomaly} newer={anomaly.newer} />
      ) : report && mayWork(membershipRole) ? (
        <>
          {thumb ? null : <StatusControl anomaly={anomaly} />}
          <WorkFields anomaly={anomaly} report={report} />
        </>
      ) : report ? (
        <ReadOnly anomaly={anomaly} why={triage.readOnly} />
      ) : null}
      <CompanionSection anomaly={anomaly} onOpen={onOpen} />
      <Divider />
      {anomaly.subject.type === 'rule' ? (
        <FloodSection
          anomaly={anomaly}
          report={report}
          mayList={mayWork(membershipRole)}
          onListed={onClose}
        />
      ) : null}
      {anomaly.cost ? <CostView cost={anomaly.cost} report={report} /> : null}
      <section aria-label={words.evidence}>
        <Group justify="space-between" mb={4}>
          <Title order={3} size="h6">
            {words.evidence}
          </Title>
          {anomaly.affected_pallets > 1 ? (
            <Text size="sm" c="dimmed">
              {words.affected(anomaly.affected_pallets)}
            </Text>
          ) : null}
        </Group>
        <EvidenceView anomaly={anomaly} timezone={report && (report.timezone ?? 'UTC')} />
      </section>
      <section aria-label={words.history}>
        <Title order={3} size="h6" mb="xs">
          {words.history}
        </Title>
        <HistoryView anomaly={anomaly} />
      </section>
      {report?.warehouse_id && mayConfigure(membershipRole) ? (
        <AuditSection anomaly={anomaly} warehouse={report.warehouse_id} />
      ) : null}
      {report && mayConfigure(membershipRole) && anomaly.subject.type !== 'rule' ? (
        <SuppressSection anomaly={anomaly} report={report} />
      ) : null}
      {withReport ? (
        <TextLink
          to="/reports/$reportId"
          params={{ reportId: anomaly.report_id }}
          search={{ view: 'anomalies', anomaly: anomaly.id }}
        >
          {words.openReport}
        </TextLink>
      ) : null}
    </Stack>
  );
}

/** What the audit log says of it, for those who may read that. */
function AuditSection({ anomaly, warehouse }: { anomaly: AnomalyDetail; warehouse: string }) {
  const words = useAuditWords();
  return (
    <section aria-label={words.history}>
      <Title order={3} size="h6" mb="xs">
        {words.history}
      </Title>
      <AuditHistory filter={{ warehouse_id: warehouse, object: `anomaly/${anomaly.id}` }} />
    </section>
  );
}

interface SupersededNoteProps {
  anomaly: AnomalyDetail;
  newer: NonNullable<AnomalyDetail['newer']>;
}

/** It is worked in a newer snapshot; here it stands as it was left. */
function SupersededNote({ anomaly, newer }: SupersededNoteProps) {
  const { panel: words } = useMessages();
  return (
    <>
      <Alert variant="light" color="gray" icon={<IconHistory aria-hidden />}>
        {words.newer}{' '}
        <TextLink
          to="/reports/$reportId"
          params={{ reportId: newer.report_id }}
          search={{ view: 'anomalies', anomaly: newer.anomaly_id }}
          underline="always"
        >
          {words.newerLink}
        </TextLink>
      </Alert>
      <ReadOnly anomaly={anomaly} />
    </>
  );
}

function ReadOnly({ anomaly, why }: { anomaly: AnomalyDetail; why?: string }) {
  const { triage: words, reason } = useMessages();
  return (
    <Stack gap={6}>
      <Group gap="md">
        <StatusMark status={anomaly.status} />
        <DueMark day={anomaly.due_date} done={anomaly.status === 'Resolved'} />
      </Group>
      {anomaly.status === 'Resolved' && anomaly.reason ? (
        <Text size="sm">{reason[anomaly.reason]}</Text>
      ) : null}
      <Text size="sm">
        {words.assignee}: {anomaly.assignee ?? words.nobody}
      </Text>
      {why ? (
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      ) : null}
    </Stack>
  );
}
