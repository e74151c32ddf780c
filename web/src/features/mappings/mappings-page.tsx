import { Button, Group, Stack, Text } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isField } from '@/api/fields';
import { forgetMapping, MAPPINGS, mappingsQuery, type SavedMapping } from '@/api/mappings';
import { hasStatus } from '@/api/problem';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useMappingsWords } from '@/i18n/mappings';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { TextLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Loaded, Notice } from '@/ui/states';
import { MappingEditor } from './mapping-editor';

export function MappingsPage() {
  const words = useMappingsWords();
  const query = useInfiniteQuery(mappingsQuery());
  const all = query.data?.pages.flatMap((page) => page.mappings);
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.lead}</Text>
      <Loaded query={{ ...query, data: all }}>
        {(mappings) =>
          mappings.length === 0 ? (
            <Notice icon={IconColumns3} title={words.emptyTitle}>
              {words.empty}
            </Notice>
          ) : (
            <Stack gap="sm">
              {mappings.map((mapping) => (
                <SavedMappingCard key={mapping.id} mapping={mapping} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <LoadMore query={query} />
    </Stack>
  );
}

function SavedMappingCard({ mapping }: { mapping: SavedMapping }) {
  const words = useMappingsWords();
  const format = useFormat();
  const { field: fields, mapping: mappingWords } = useMessages();
  const [dialog, setDialog] = useState<'edit' | 'forget' | null>(null);
  const used = Object.entries(mapping.column_mapping);
  const details = [
    words.columns(used.length, mapping.columns.length),
    mapping.date_order ? mappingWords.dateOrders[mapping.date_order] : null,
    mapping.number_format ? mappingWords.numberFormats[mapping.number_format] : null,
    mapping.sheet ? words.sheet(mapping.sheet) : null,
    mapping.header_row == null ? null : words.headerRow(mapping.header_row),
    words.changed(format.ago(mapping.updated_at)),
  ];
  return (
    <Card
      title={mapping.name}
      aside={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={words.editOf(mapping.name)}
            onClick={() => setDialog('edit')}
          >
            {words.edit}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={words.forgetOf(mapping.name)}
            onClick={() => setDialog('forget')}
          >
            {words.forget}
          </Button>
        </Group>
      }
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {used.map(([column, field], index) => (
          <span key={column}>
            {index > 0 ? ' · ' : null}
            <span className="code">{column}</span> → {isField(field) ? fields[field] : field}
          </span>
        ))}
      </Text>
      <Text size="sm" c="dimmed">
        {details.filter((part) => part !== null).join(' · ')} · {words.learned}{' '}
        <TextLink inherit to="/reports/$reportId" params={{ reportId: mapping.report_id }}>
          {words.report}
        </TextLink>
      </Text>
      {dialog === 'edit' ? (
        <MappingEditor mapping={mapping} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'forget' ? <Forget mapping={mapping} onClose={() => setDialog(null)} /> : null}
    </Card>
  );
}

function Forget({ mapping, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const words = useMappingsWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const forgetting = useMutation({
    mutationFn: () => forgetMapping(mapping),
    onSuccess: () => notify.done(words.forgotten),
    onError: (error) => notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: MAPPINGS });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      danger
      title={words.forgetTitle}
      confirm={words.forget}
      pending={forgetting.isPending}
      onConfirm={() => forgetting.mutate()}
      onClose={onClose}
    >
      {words.forgetText(mapping.name)}
    </Confirm>
  );
}
