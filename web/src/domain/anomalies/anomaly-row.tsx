import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, type CSSProperties } from 'react';
import type { Anomaly, Priority, Status } from '@/api/anomalies';
import { useFormat, useMessages } from '@/i18n/i18n';
import { CopyButton } from '@/ui/copy-button';
import { Identifier } from '@/ui/identifier';
import classes from './anomaly-table.module.css';
import { companionCount } from './companions';
import { floodOf } from './flood';
import { DueMark, PriorityMark, StatusMark } from './marks';
import { useRuleTitle } from './use-rule-texts';
import type { GroupBy } from './selection';
import { ShortSentence } from './short-sentence';

export interface Place {
  index: number;
  style: CSSProperties;
}

interface AnomalyRowProps {
  place: Place;
  anomaly: Anomaly;
  current: boolean;
  picked: boolean;
  onPick: ((picked: boolean) => void) | undefined;
  onOpen: () => void;
}

export const AnomalyRow = memo(Line, (before, after) => {
  return (
    before.anomaly === after.anomaly &&
    before.current === after.current &&
    before.picked === after.picked &&
    before.place.index === after.place.index &&
    before.place.style.transform === after.place.style.transform &&
    before.place.style.height === after.place.style.height
  );
});

function Line({ place, anomaly, current, picked, onPick, onOpen }: AnomalyRowProps) {
  const {
    anomalies: words,
    map,
    panel,
    subject,
    flood: floodWords,
    companions: companionWords,
  } = useMessages();
  const format = useFormat();
  const title = useRuleTitle();
  const { rule, location } = anomaly;
  const flood = floodOf(anomaly);
  const companions = companionCount(anomaly);
  const accessibleName = `${title(rule, anomaly.title)}, ${anomaly.subject.id}`;
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      data-index={place.index}
      data-current={current || undefined}
      data-done={anomaly.status === 'Resolved' || undefined}
      className={`${classes.row} ${classes.columns}`}
      style={place.style}
    >
      {onPick ? (
        <span role="cell" className={classes.check}>
          <Checkbox
            size="xs"
            aria-label={words.select(accessibleName)}
            checked={picked}
            onChange={(event) => onPick(event.currentTarget.checked)}
          />
        </span>
      ) : null}
      <span role="cell" data-column="urgency" className={classes.cell}>
        <PriorityMark priority={anomaly.priority} />
      </span>
      <span role="cell" data-column="rule" className={classes.cell}>
        <UnstyledButton className={classes.open} data-open onClick={onOpen} aria-current={current}>
          <Text span size="sm" fw={600} className={classes.line}>
            {title(rule, anomaly.title)}
            {companions > 0 ? (
              <Text span inherit fw={400} c="dimmed">
                {', '}
                {companionWords.more(companions, companionWords.of[anomaly.subject.type])}
              </Text>
            ) : null}
          </Text>
          <Text span size="xs" c="dimmed" className={classes.line}>
            <ShortSentence anomaly={anomaly} />
          </Text>
        </UnstyledButton>
      </span>
      <span
        role="cell"
        data-column="subject"
        data-kind={anomaly.subject.type}
        className={classes.cell}
      >
        {anomaly.subject.type === 'pallet' ? null : (
          <Text span size="xs" c="dimmed" className={classes.kind}>
            {subject[anomaly.subject.type]}
          </Text>
        )}
        {flood ? (
          <Text span size="sm" className="numbers">
            {flood.subjects > 0
              ? floodWords.size(format.number(flood.subjects), format.number(flood.judged))
              : null}
          </Text>
        ) : (
          <span className={classes.identifier}>
            <Text span size="sm" miw={0} className="code">
              <Identifier text={anomaly.subject.id} />
            </Text>
            <CopyButton text={anomaly.subject.id} className={classes.copy} pointerOnly />
          </span>
        )}
        {anomaly.subject.type === 'location' ? (
          <Text span size="sm" className={classes.affected}>
            {panel.affected(anomaly.affected_pallets)}
          </Text>
        ) : null}
      </span>
      <span role="cell" data-column="location" className={classes.cell}>
        {location ? (
          <span className={`${classes.location} code`}>
            <Identifier text={location} />
          </span>
        ) : (
          <Text span className={classes.location} c="dimmed">
            {flood || anomaly.subject.type === 'product' ? '–' : map.noLocation}
          </Text>
        )}
      </span>
      <span role="cell" data-column="pallets" className={classes.cell}>
        <Text span size="sm" className="numbers">
          {format.number(anomaly.affected_pallets)}
        </Text>
      </span>
      <span role="cell" data-column="status" className={classes.cell}>
        <StatusMark status={anomaly.status} />
        {anomaly.assignee || anomaly.due_date ? (
          <span className={classes.work}>
            {anomaly.assignee ? (
              <Text span size="xs" c="dimmed" className={classes.line}>
                {anomaly.assignee}
              </Text>
            ) : null}
            <DueMark day={anomaly.due_date} done={anomaly.status === 'Resolved'} brief />
          </span>
        ) : null}
      </span>
    </div>
  );
}

interface GroupRowProps {
  place: Place;
  by: GroupBy | undefined;
  name: string;
  count: number;
  folded: boolean;
  onFold: () => void;
}

export function GroupRow({ place, by, name, count, folded, onFold }: GroupRowProps) {
  const { map, priority, status, anomalies: words } = useMessages();
  const title = useRuleTitle();
  const label = {
    rule: () => title(name),
    location: () => name || map.noLocation,
    priority: () => priority[name as Priority],
    status: () => status[name as Status],
  }[by ?? 'rule']();
  const Arrow = folded ? IconChevronRight : IconChevronDown;
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      data-index={place.index}
      className={`${classes.row} ${classes.group}`}
      style={place.style}
    >
      <span role="cell">
        <UnstyledButton className={classes.fold} aria-expanded={!folded} onClick={onFold}>
          <Arrow size={16} aria-hidden />
          <Text span fw={600} size="sm">
            {label}
          </Text>
          <Text span size="sm" c="dimmed" className="numbers">
            {words.count(count)}
          </Text>
        </UnstyledButton>
      </span>
    </div>
  );
}
