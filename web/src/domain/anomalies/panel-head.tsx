import { Group, Text, Title } from '@mantine/core';
import type { AnomalyDetail } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { ItemLink } from '@/domain/items/item-link';
import { PalletLink } from '@/domain/pallets/pallet-link';
import { isStock } from '@/domain/pallets/stock-line';
import { useFormat, useMessages } from '@/i18n/i18n';
import { CopyButton } from '@/ui/copy-button';
import classes from './anomaly-panel.module.css';
import { floodOf } from './flood';
import { goodsOf } from './goods';
import { ShortSentence } from './short-sentence';
import { useRuleTexts } from './use-rule-texts';

interface PanelHeadProps {
  anomaly: AnomalyDetail;
  report: Report | undefined;
}

/** Where to go, what stands there, and what is wrong with it: for whoever walks there. */
export function PanelHead({ anomaly, report }: PanelHeadProps) {
  const { panel: words, map, subject: kinds, flood: floodWords } = useMessages();
  const format = useFormat();
  const { title, why } = useRuleTexts();
  const { subject, location, rule, item, affected_pallets: pallets } = anomaly;
  const flood = floodOf(anomaly);
  const goods = goodsOf(anomaly, report?.column_mapping);
  const place = subject.type === 'location' ? subject.id : location;
  // A product may be in many places.
  const somewhere = place ?? (subject.type === 'product' ? words.severalPlaces : map.noLocation);
  return (
    <>
      <Group gap={4} wrap="nowrap" align="flex-start" justify="space-between">
        {flood ? (
          <Title order={2} size="h4" className={classes.head}>
            {kinds.rule} ·{' '}
            {floodWords.size(format.number(flood.subjects), format.number(flood.judged))}
          </Title>
        ) : (
          <Title order={2} size="h4" className={classes.head}>
            <span className={`${classes.place} ${place ? 'code' : ''}`}>{somewhere}</span>
            {subject.type === 'location' ? (
              pallets > 0 ? (
                ` · ${words.affected(pallets)}`
              ) : null
            ) : (
              <>
                {` · ${kinds[subject.type]} `}
                {isStock(subject) ? (
                  <PalletLink pallet={subject.id} warehouse={report?.warehouse_id} />
                ) : (
                  <span className="code">{subject.id}</span>
                )}
              </>
            )}
            {goods ? ` · ${goods}` : null}
            {item ? (
              <>
                {` · ${words.item} `}
                <ItemLink item={item} />
              </>
            ) : null}
          </Title>
        )}
        {flood ? null : <CopyButton text={subject.id} />}
      </Group>
      <Text fw={600} mt={4}>
        {title(rule, anomaly.title)}
      </Text>
      <Text component="div" style={{ overflowWrap: 'anywhere' }}>
        <ShortSentence anomaly={anomaly} />
      </Text>
      {why(rule) ? (
        <Text size="sm" c="dimmed" mt={4}>
          {why(rule)}
        </Text>
      ) : null}
    </>
  );
}
