import '@mantine/dropzone/styles.css';
import { Accordion, Alert, FileInput, List, Stack, Text, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mayWork } from '@/domain/access/membership-role';
import { nameProblem, useNewWarehouse } from '@/domain/warehouses/new-warehouse';
import { useChosenWarehouse } from '@/domain/warehouses/scope';
import { useWarehouseList } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { refusal, SUFFIXES } from './files';
import { Receiver } from './receiver';
import classes from './new-analysis.module.css';
import { UnfinishedReports } from './unfinished-reports';
import { UploadList } from './upload-list';
import { startUpload } from './uploads';

export function NewAnalysisPage() {
  const { upload: words } = useMessages();
  const navigate = useNavigate();
  const chosen = useChosenWarehouse();
  const workable = useWarehouseList().data?.filter(({ role }) => mayWork(role));
  const [asOf, setAsOf] = useState('');
  const [rules, setRules] = useState<File | null>(null);
  const [refused, setRefused] = useState<{ name: string; why: string }[]>([]);
  const [name, setName] = useState('');
  const newWarehouse = useNewWarehouse();
  const notify = useNotify();
  const first = chosen.id === undefined && workable?.length === 0;
  const readOnly = chosen.data !== undefined && !mayWork(chosen.data.role);

  /** The warehouse that the files are for; it is made first where its name is given. */
  async function receiving(): Promise<string | undefined> {
    if (!first || !name.trim()) return chosen.id;
    const created = await newWarehouse.mutateAsync(name);
    await navigate({ to: '/w/$warehouse/new', params: { warehouse: created.id } });
    return created.id;
  }

  async function take(files: File[]) {
    const bad = files.flatMap((file) => {
      const why = refusal(file);
      return why ? [{ name: file.name, why: words[why] }] : [];
    });
    setRefused(bad);
    const good = files.filter((file) => !refusal(file));
    if (good.length === 0) return;
    let warehouseId: string | undefined;
    try {
      warehouseId = await receiving();
    } catch (error) {
      if (!nameProblem(error)) notify.failed(error);
      return;
    }
    for (const file of good) {
      startUpload(file, {
        warehouseId,
        asOf: asOf || undefined,
        rules: rules ?? undefined,
      });
    }
  }

  return (
    <Page title={words.title} lead={words.lead}>
      <div className={classes.columns}>
        <Stack>
          <Dropzone
            onDrop={(files) => void take(files)}
            loading={newWarehouse.isPending}
            disabled={readOnly}
            multiple
            inputProps={{ 'aria-label': words.choose }}
            className={classes.dropzone}
          >
            <Stack align="center" gap="xs" py="xl">
              <IconFileSpreadsheet
                size={52}
                stroke={1.3}
                color="var(--mantine-primary-color-filled)"
                aria-hidden
              />
              <Text fw={600} fz="lg" ta="center">
                {words.drop}
              </Text>
              <Text c="dimmed" size="sm" ta="center">
                {words.formats}
              </Text>
            </Stack>
          </Dropzone>
          {refused.length > 0 ? (
            <Alert
              color="red"
              variant="light"
              role="alert"
              title={words.reject}
              withCloseButton
              onClose={() => setRefused([])}
            >
              <List size="sm">
                {refused.map(({ name, why }) => (
                  <List.Item key={name}>
                    <strong>{name}</strong>: {why}
                  </List.Item>
                ))}
              </List>
            </Alert>
          ) : null}
          <UploadList />
          <UnfinishedReports />
        </Stack>
        <Card>
          <Stack>
            {first ? (
              <TextInput
                label={words.firstWarehouse}
                description={words.firstWarehouseHint}
                maxLength={100}
                value={name}
                error={nameProblem(newWarehouse.error)}
                onChange={(event) => {
                  setName(event.currentTarget.value);
                  newWarehouse.reset();
                }}
              />
            ) : (
              <Receiver warehouse={chosen} readOnly={readOnly} />
            )}
            <Accordion variant="default" chevronPosition="left" className={classes.options}>
              <Accordion.Item value="more">
                <Accordion.Control fz="sm">{words.options}</Accordion.Control>
                <Accordion.Panel>
                  <Stack>
                    <TextInput
                      type="datetime-local"
                      label={words.asOf}
                      description={words.asOfHint}
                      value={asOf}
                      onChange={(event) => setAsOf(event.currentTarget.value)}
                    />
                    <FileInput
                      label={words.rules}
                      description={words.rulesHint}
                      accept={SUFFIXES.join(',')}
                      value={rules}
                      onChange={setRules}
                      clearable
                      clearButtonProps={{ 'aria-label': `${words.rules}: ${words.dismiss}` }}
                    />
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            </Accordion>
          </Stack>
        </Card>
      </div>
    </Page>
  );
}
