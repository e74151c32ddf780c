import { Button, NumberInput, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ReportPreview } from '@/api/reports';
import type { MappingRequest } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';

interface SheetChoiceProps {
  preview: ReportPreview;
  pending: boolean;
  onChange: (choice: Pick<MappingRequest, 'sheet' | 'header_row'>) => void;
}

/** Where in the file the table stands. Another place means other columns, so the file is read again. */
export function SheetChoice({ preview, pending, onChange }: SheetChoiceProps) {
  const { mapping: words } = useMessages();
  const [sheet, setSheet] = useState(preview.sheet);
  const [headerRow, setHeaderRow] = useState<number | string>(preview.header_row ?? '');
  const moved = sheet !== preview.sheet;
  const changed = moved || headerRow !== (preview.header_row ?? '');
  return (
    <Card title={words.layoutOfFile}>
      <Stack gap="sm">
        {preview.sheets.length > 1 ? (
          <Select
            label={words.sheet}
            allowDeselect={false}
            data={preview.sheets.map(({ name, rows }) => ({
              value: name,
              label: words.sheetRows(name, rows),
            }))}
            value={sheet}
            onChange={(name) => {
              setSheet(name);
              // The header of one sheet says nothing about that of another.
              setHeaderRow(name === preview.sheet ? (preview.header_row ?? '') : '');
            }}
          />
        ) : null}
        <NumberInput
          label={words.headerRow}
          description={words.headerRowHint}
          min={0}
          max={1_048_576}
          allowDecimal={false}
          value={headerRow}
          onChange={setHeaderRow}
        />
        {changed ? (
          <Button
            variant="default"
            loading={pending}
            onClick={() =>
              onChange({
                ...(sheet ? { sheet } : {}),
                ...(typeof headerRow === 'number' ? { header_row: headerRow } : {}),
              })
            }
          >
            {words.readAgain}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}
