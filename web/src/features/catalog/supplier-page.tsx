import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Supplier } from '@/api/catalog';
import { changeSupplier, deleteSupplier, supplierQuery } from '@/api/suppliers';
import { mayManageCatalog, useCompanyRole } from '@/domain/access/company-role';
import { OrdersCard } from '@/domain/orders/orders-card';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { FreeText } from '@/ui/free-text';
import { TextLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import classes from './catalog.module.css';
import { EntryMenu } from './entry-menu';
import { PartsCard } from './parts-card';
import { SupplierDialog } from './supplier-dialog';

const route = getRouteApi('/inside/items/suppliers/$supplierId');

export function SupplierPage() {
  const { supplierId } = route.useParams();
  const query = useQuery(supplierQuery(supplierId));
  return (
    <Loaded query={query} page>
      {(supplier) => <Shown supplier={supplier} />}
    </Loaded>
  );
}

function Shown({ supplier }: { supplier: Supplier }) {
  const words = useCatalogWords();
  const orders = useOrderWords();
  const mayManage = mayManageCatalog(useCompanyRole());
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={supplier.name}
      lead={
        <>
          <TextLink to="/items/suppliers" underline="always">
            {words.tabs.suppliers}
          </TextLink>
          {supplier.archived ? ` · ${words.archived}` : null}
        </>
      }
      actions={
        mayManage ? (
          <EntryMenu
            name={supplier.name}
            onEdit={() => setEditing(true)}
            archiving={{
              archived: supplier.archived,
              change: (archived) => changeSupplier(supplier, { archived }),
            }}
            remove={() => deleteSupplier(supplier)}
            onRemoved={() => void navigate({ to: '/items/suppliers' })}
          />
        ) : null
      }
    >
      <Facts supplier={supplier} />
      <PartsCard supplier={supplier} mayManage={mayManage} />
      <OrdersCard filter={{ supplier_id: supplier.id }} empty={orders.ofSupplierEmpty} />
      {editing ? <SupplierDialog supplier={supplier} onClose={() => setEditing(false)} /> : null}
    </Page>
  );
}

function Facts({ supplier }: { supplier: Supplier }) {
  const { supplier: words } = useCatalogWords();
  const format = useFormat();
  const { contact, lead_time_days: promised, measured_lead_time_days: measured } = supplier;
  const facts: [string, ReactNode][] = [
    [words.contactName, contact?.name],
    [
      words.email,
      contact?.email ? (
        <Anchor href={`mailto:${contact.email}`} underline="always">
          {contact.email}
        </Anchor>
      ) : null,
    ],
    [
      words.phone,
      contact?.phone ? (
        <Anchor href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`} underline="always">
          {contact.phone}
        </Anchor>
      ) : null,
    ],
    [
      words.website,
      supplier.website ? (
        <Anchor href={supplier.website} rel="noreferrer" target="_blank" underline="always">
          {supplier.website}
        </Anchor>
      ) : null,
    ],
    [words.leadTime, typeof promised !== 'number' ? null : words.days(format.number(promised))],
    [
      words.measured,
      typeof measured !== 'number' ? (
        <Text span inherit c="dimmed">
          {words.notMeasured}
        </Text>
      ) : (
        <>
          {words.days(format.number(measured))}
          <Text span inherit c="dimmed">
            {` · ${words.ofOrders(supplier.measured_orders)}`}
          </Text>
        </>
      ),
    ],
    [
      words.minimumOrder,
      supplier.minimum_order
        ? format.money(Number(supplier.minimum_order), supplier.currency)
        : null,
    ],
    [words.currency, supplier.currency],
    [words.notes, supplier.notes ? <FreeText text={supplier.notes} /> : null],
  ];
  return (
    <Card title={words.facts}>
      <dl className={classes.details}>
        {facts
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
