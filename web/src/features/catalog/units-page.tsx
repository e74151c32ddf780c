import { Badge, Button, Stack, Table } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unitsQuery, type Unit } from '@/api/catalog';
import { deleteUnit, DIMENSIONS, type Dimension } from '@/api/units';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { CatalogTabs } from '@/domain/catalog/catalog-tabs';
import { ExportListButton } from '@/domain/exports/export-list-button';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Page } from '@/ui/page';
import stacked from '@/ui/stacked-table.module.css';
import { Loaded } from '@/ui/states';
import { Converter } from './converter';
import { EntryMenu } from './entry-menu';
import { BASE_UNITS } from './unit-draft';
import { UnitDialog } from './unit-dialog';

export function UnitsPage() {
  const words = useCatalogWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const [creating, setCreating] = useState(false);
  const query = useQuery(unitsQuery());
  return (
    <Page
      title={words.tabs.units}
      lead={words.unit.lead}
      actions={
        <>
          <ExportListButton list="units" />
          {mayManage ? (
            <Button
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => setCreating(true)}
            >
              {words.unit.add}
            </Button>
          ) : null}
        </>
      }
    >
      <CatalogTabs />
      <Loaded query={query}>
        {(units) => (
          <Stack gap="lg">
            <Converter units={units} />
            {DIMENSIONS.map((dimension) => (
              <DimensionCard
                key={dimension}
                dimension={dimension}
                units={units.filter((unit) => unit.dimension === dimension)}
                mayManage={mayManage}
              />
            ))}
          </Stack>
        )}
      </Loaded>
      {creating ? <UnitDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

interface DimensionCardProps {
  dimension: Dimension;
  units: readonly Unit[];
  mayManage: boolean;
}

function DimensionCard({ dimension, units, mayManage }: DimensionCardProps) {
  const { unit: words, name } = useCatalogWords();
  const title = words.dimensions[dimension];
  if (units.length === 0) return null;
  return (
    <Card title={title}>
      <Table aria-label={title} verticalSpacing="xs" layout="fixed" className={stacked.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="20%">{words.code}</Table.Th>
            <Table.Th w="30%">{name}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.equals(BASE_UNITS[dimension])}</Table.Th>
            <Table.Th className={stacked.quantity}>{words.decimals}</Table.Th>
            <Table.Td w="7rem" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {units.map((unit) => (
            <UnitRow key={unit.code} unit={unit} mayManage={mayManage} />
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function UnitRow({ unit, mayManage }: { unit: Unit; mayManage: boolean }) {
  const { unit: words } = useCatalogWords();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  return (
    <Table.Tr>
      <Table.Th scope="row" className="code">
        {unit.code}
      </Table.Th>
      <Table.Td className={`${stacked.name} ${stacked.end}`}>{unit.name}</Table.Td>
      <Table.Td className={stacked.quantity}>
        <span className={stacked.label}>= </span>
        <span className="code">{unit.factor}</span>
        <span className={stacked.label}>
          {` ${BASE_UNITS[unit.dimension]} · ${words.decimals}: ${format.number(unit.decimals)}`}
        </span>
      </Table.Td>
      <Table.Td className={`${stacked.quantity} ${stacked.empty} numbers`}>
        {format.number(unit.decimals)}
      </Table.Td>
      <Table.Td ta="right" className={unit.standard || mayManage ? stacked.end : stacked.empty}>
        {unit.standard ? (
          <Badge variant="light" color="gray" tt="none">
            {words.standard}
          </Badge>
        ) : mayManage ? (
          <EntryMenu
            name={unit.code}
            onEdit={() => setEditing(true)}
            remove={() => deleteUnit(unit)}
          />
        ) : null}
        {editing ? <UnitDialog unit={unit} onClose={() => setEditing(false)} /> : null}
      </Table.Td>
    </Table.Tr>
  );
}
