import '@mantine/dropzone/styles.css';
import { Alert, Select, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { importsQuery } from '@/api/imports';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useImportWords } from '@/i18n/imports';
import { Card } from '@/ui/card';
import { LoadedList } from '@/ui/loaded-list';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { ImportList } from './import-list';
import { TemplateButton } from './template-button';
import { useNewImport } from './use-new-import';
import classes from './imports.module.css';

/** The company's main warehouse, for stock that is given without a place. */
const MAIN = '';

/** A file for import, and the imports so far. */
export function ImportsPage() {
  const words = useImportWords();
  const warehouses = useWarehouses();
  const [warehouse, setWarehouse] = useState(MAIN);
  const { send, sending, percent, problem, dismiss } = useNewImport(warehouse || undefined);
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <TemplateButton />
          <ExportListButton list="items" />
        </>
      }
    >
      <Card>
        <Stack>
          <Dropzone
            onDrop={([file]) => file && send(file)}
            loading={sending}
            multiple={false}
            inputProps={{ 'aria-label': words.choose }}
            className={classes.dropzone}
          >
            <Stack align="center" gap="xs" py="lg">
              <IconFileSpreadsheet
                size={44}
                stroke={1.3}
                color="var(--mantine-primary-color-filled)"
                aria-hidden
              />
              <Text fw={600} ta="center">
                {words.drop}
              </Text>
              <Text c="dimmed" size="sm" ta="center">
                {sending ? words.sending(percent) : words.formats}
              </Text>
            </Stack>
          </Dropzone>
          {problem ? (
            <Alert
              color="red"
              variant="light"
              role="alert"
              title={words.refused}
              withCloseButton
              closeButtonLabel={words.close}
              onClose={dismiss}
            >
              {problem}
            </Alert>
          ) : null}
          <Select
            label={words.warehouse}
            description={words.warehouseHint}
            maw="24rem"
            allowDeselect={false}
            value={warehouse}
            onChange={(value) => setWarehouse(value ?? MAIN)}
            data={[
              { value: MAIN, label: words.mainWarehouse },
              ...warehouses
                .filter(({ id }) => id !== 'wh_main')
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Stack>
      </Card>
      <Earlier />
    </Page>
  );
}

function Earlier() {
  const words = useImportWords();
  const query = useInfiniteQuery(importsQuery());
  return (
    <Stack gap="sm">
      <LoadedList
        query={query}
        empty={
          <Notice icon={IconUpload} title={words.noneTitle}>
            {words.none}
          </Notice>
        }
      >
        {(imports) => <ImportList imports={imports} />}
      </LoadedList>
    </Stack>
  );
}
