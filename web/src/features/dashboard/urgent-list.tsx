import { Text } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { anomalyListQuery } from '@/api/anomalies';
import { PriorityMark } from '@/domain/anomalies/marks';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useSentence } from '@/domain/anomalies/sentence';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { Loaded, Notice } from '@/ui/states';
import classes from './dashboard.module.css';

const SHOWN = 10;

interface UrgentListProps {
  report: string;
  /** Of all that is to be worked in this warehouse: parts that were sent since the report too. */
  warehouse?: string | undefined;
}

/** The most urgent anomalies that nobody has looked at. */
export function UrgentList({ report, warehouse }: UrgentListProps) {
  const { dashboard: words } = useMessages();
  const where = warehouse ? { warehouse_id: warehouse } : { report_id: report };
  const query = useInfiniteQuery(anomalyListQuery({ ...where, status: ['New'] }, SHOWN));
  const title = useRuleTitle();
  const sentence = useSentence();
  const mostUrgent = query.data?.pages[0]?.entries.slice(0, SHOWN);
  return (
    <Card
      title={words.urgent}
      aside={
        <TextLink
          size="sm"
          to="/reports/$reportId"
          params={{ reportId: report }}
          search={{ view: 'anomalies', status: 'New' }}
          style={{ flex: 'none' }}
        >
          {words.allNew}
        </TextLink>
      }
    >
      <Loaded query={{ ...query, data: mostUrgent }}>
        {(anomalies) =>
          anomalies.length === 0 ? (
            <Notice icon={IconMoodSmile} title={words.urgentEmpty} />
          ) : (
            <ul className={classes.urgent}>
              {anomalies.map((anomaly) => (
                <li key={anomaly.id}>
                  <Link
                    to="/reports/$reportId"
                    params={{ reportId: anomaly.report_id }}
                    search={{ view: 'anomalies', status: 'New', anomaly: anomaly.id }}
                    className={classes.item}
                  >
                    <PriorityMark priority={anomaly.priority} bare />
                    <div>
                      <Text size="sm" fw={600}>
                        {title(anomaly.rule, anomaly.title)}
                      </Text>
                      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                        {sentence(anomaly)}
                      </Text>
                    </div>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
