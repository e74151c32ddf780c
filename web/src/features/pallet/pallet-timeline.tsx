import { Group, Text } from '@mantine/core';
import type { PalletStay } from '@/api/snapshots';
import { PriorityMark, StatusMark } from '@/domain/anomalies/marks';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useSentence } from '@/domain/anomalies/sentence';
import { ShortSentence } from '@/domain/anomalies/short-sentence';
import { useFormat, useMessages } from '@/i18n/i18n';
import { usePalletWords } from '@/i18n/pallet';
import { TextLink } from '@/ui/link';
import classes from './pallet.module.css';
import type { Chapter } from './stays';

interface PalletTimelineProps {
  chapters: readonly Chapter[];
  timezone: string;
}

export function PalletTimeline({ chapters, timezone }: PalletTimelineProps) {
  const words = usePalletWords();
  const format = useFormat();
  return (
    <ol className={classes.life} aria-label={words.timeline}>
      {chapters.map((chapter) =>
        chapter.kind === 'absent' ? (
          <li key={chapter.to.report_id}>
            <Text size="sm" c="dimmed" className={classes.when}>
              {format.day(chapter.from.as_of, timezone)}
              {chapter.count > 1 ? ` – ${format.day(chapter.to.as_of, timezone)}` : null}
            </Text>
            <TimelineLine kind="absent" />
            <Text c="dimmed" className={classes.what}>
              {chapter.count === 1 ? words.absent : words.absentFor(chapter.count)}
            </Text>
          </li>
        ) : (
          <li key={chapter.stay.report_id}>
            <TextLink
              size="sm"
              to="/reports/$reportId"
              params={{ reportId: chapter.stay.report_id }}
              className={classes.when}
            >
              {format.dateTime(chapter.stay.as_of, timezone)}
            </TextLink>
            <TimelineLine kind={chapter.how ?? 'stayed'} />
            <div className={classes.what}>
              <Stay stay={chapter.stay} how={chapter.how} />
            </div>
          </li>
        ),
      )}
    </ol>
  );
}

function TimelineLine({ kind }: { kind: string }) {
  return (
    <span className={classes.thread} aria-hidden>
      <span className={classes.dot} data-kind={kind} />
    </span>
  );
}

function Stay({ stay, how }: { stay: PalletStay; how: (Chapter & { kind: 'stay' })['how'] }) {
  const words = usePalletWords();
  const { locationType } = useMessages();
  const hours = useHours();
  const placed = stay.places.length > 0;
  const parts = [
    how && (placed || how !== 'stayed') ? words[how] : null,
    // What is nowhere does not stay anywhere either.
    placed && stay.dwell_hours != null ? words.dwell(hours(stay.dwell_hours)) : null,
    stay.age_hours == null || (placed && stay.age_hours === stay.dwell_hours)
      ? null
      : words.age(hours(stay.age_hours)),
    stay.rows > 1 ? words.rows(stay.rows) : null,
  ].filter((part) => part !== null);
  return (
    <>
      <Group gap={8}>
        {placed ? null : <Text fw={600}>{words.noPlace}</Text>}
        {stay.places.map(({ location, type }) => (
          <span key={location}>
            <Text span fw={600} className="code">
              {location}
            </Text>
            {type ? (
              <Text span size="sm" c="dimmed">
                {' '}
                {locationType[type] ?? type}
              </Text>
            ) : null}
          </span>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {parts.join(' · ')}
      </Text>
      {stay.anomalies.length > 0 ? <StayAnomalies stay={stay} /> : null}
    </>
  );
}

function StayAnomalies({ stay }: { stay: PalletStay }) {
  const title = useRuleTitle();
  const sentence = useSentence();
  return (
    <ul className={classes.found}>
      {stay.anomalies.map((anomaly) => (
        <li key={anomaly.id}>
          <PriorityMark priority={anomaly.priority} bare />
          <div>
            <Group gap={8}>
              <TextLink
                size="sm"
                to="/reports/$reportId"
                params={{ reportId: stay.report_id }}
                search={{ view: 'anomalies', anomaly: anomaly.id }}
                title={sentence(anomaly)}
              >
                {title(anomaly.rule, anomaly.title)}
              </TextLink>
              <StatusMark status={anomaly.status} />
            </Group>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              <ShortSentence anomaly={anomaly} />
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}

function useHours(): (hours: number) => string {
  const words = usePalletWords();
  const format = useFormat();
  return (hours) =>
    hours < 72 ? words.hours(format.number(hours)) : words.days(format.number(hours / 24, 0));
}
