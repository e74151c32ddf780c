import {
  ABC_CLASSES,
  GROUPINGS,
  IDLE_DAYS,
  PERIODS,
  type AbcClass,
  type Grouping,
  type OrderKind,
  type Period,
} from '@/api/analytics';
import { PRIORITIES, STATUSES, VERDICTS, type Priority } from '@/api/anomalies';
import type { ConsumptionFilter } from '@/api/consumption';
import { DIFF_PARTS } from '@/api/comparing';
import { ORDER_TYPES, ORDER_VIEWS, type OrderStage, type OrderType } from '@/api/orders';
import { ITEM_STATUSES, type ItemFilter } from '@/api/items';
import { REPORT_STATUSES, type ReportStatus } from '@/api/reports';
import type { StockFilter } from '@/api/stock';
import { ACCOUNT_STATUSES, ROLES, type UserFilter } from '@/api/users';
import type { AuditSearch } from '@/domain/audit/audit-selection';
import { DUES, GROUPS, OPEN, SORTS, type Selection } from '@/domain/anomalies/selection';

/** What the query part of an address may say. Anything else in it is ignored, not an error. */
type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? `${value}`
      : undefined;

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((word) => word === value);
}

export const signInSearch = (raw: Raw): { next?: string | undefined } => {
  const next = text(raw.next);
  // Only a path of this page: an address of elsewhere must not be where signing in leads.
  return { next: next?.startsWith('/') && !next.startsWith('//') ? next : undefined };
};

/** The token of a link in an e-mail. */
export const mailSearch = (raw: Raw): { token?: string | undefined } => ({
  token: text(raw.token),
});

const ACCOUNT_VIEWS = ['profile', 'security', 'tokens'] as const;

export const accountSearch = (raw: Raw): { view?: (typeof ACCOUNT_VIEWS)[number] | undefined } => ({
  view: oneOf(raw.view, ACCOUNT_VIEWS),
});

/** `invitation` is the text in the link of an invitation. */
export const registerSearch = (
  raw: Raw,
): { next?: string | undefined; invitation?: string | undefined } => ({
  ...signInSearch(raw),
  invitation: text(raw.invitation),
});

/** What is chosen by its warehouse alone. */
export const ofWarehouse = (raw: Raw): { warehouse?: string | undefined } => ({
  warehouse: text(raw.warehouse),
});

interface ReportsSearch {
  q?: string | undefined;
  status?: ReportStatus | undefined;
}

export const reportsSearch = (raw: Raw): ReportsSearch => ({
  q: text(raw.q),
  status: oneOf(raw.status, REPORT_STATUSES),
});

export interface OrdersSearch {
  view?: OrderStage | undefined;
  type?: OrderType | undefined;
  supplier?: string | undefined;
  item?: string | undefined;
  q?: string | undefined;
  late?: true | undefined;
}

export const ordersSearch = (raw: Raw): OrdersSearch => ({
  view: oneOf(raw.view, ORDER_VIEWS),
  type: oneOf(raw.type, ORDER_TYPES),
  supplier: text(raw.supplier),
  item: text(raw.item),
  q: text(raw.q),
  late: raw.late === true ? true : undefined,
});

export interface FiguresSearch {
  warehouse?: string | undefined;
  currency?: string | undefined;
  by?: Grouping | undefined;
  days?: Period | undefined;
  class?: AbcClass | undefined;
  idle?: number | undefined;
  type?: OrderKind | undefined;
}

export const figuresSearch = (raw: Raw): FiguresSearch => ({
  warehouse: text(raw.warehouse),
  currency: text(raw.currency),
  by: oneOf(raw.by, GROUPINGS),
  days: oneOf(text(raw.days), PERIODS),
  class: oneOf(raw.class, ABC_CLASSES),
  idle: IDLE_DAYS.find((days) => days === raw.idle),
  type: oneOf(raw.type, ORDER_TYPES),
});

const anomalySelection = (raw: Raw): Selection => ({
  status: oneOf(raw.status, [OPEN, ...STATUSES]),
  priority: oneOf<Priority>(raw.priority, PRIORITIES),
  rule: text(raw.rule),
  location: text(raw.location),
  assignee: text(raw.assignee),
  due: oneOf(raw.due, DUES),
  reason: oneOf(raw.reason, [...VERDICTS, 'vanished'] as const),
  q: text(raw.q),
  sort: oneOf(raw.sort, SORTS),
  desc: raw.desc === true ? true : undefined,
  group: oneOf(raw.group, GROUPS),
  anomaly: text(raw.anomaly),
});

const REPORT_VIEWS = [
  'overview',
  'anomalies',
  'locations',
  'compare',
  'what-if',
  'checks',
] as const;
const MAP_COLORS = ['anomalies', 'fill'] as const;
const ANOMALY_VIEWS = ['table', 'board'] as const;

interface ReportSearch extends Selection {
  /** The report that this one is compared with, and what of the difference is shown. */
  against?: string | undefined;
  part?: (typeof DIFF_PARTS)[number] | undefined;
  /** What the map's colours mean. */
  color?: (typeof MAP_COLORS)[number] | undefined;
  view?: (typeof REPORT_VIEWS)[number] | undefined;
}

interface AnomaliesSearch extends Selection {
  report?: string | undefined;
  view?: (typeof ANOMALY_VIEWS)[number] | undefined;
}

export const reportSearch = (raw: Raw): ReportSearch => ({
  ...anomalySelection(raw),
  against: text(raw.against),
  part: oneOf(raw.part, DIFF_PARTS),
  color: oneOf(raw.color, MAP_COLORS),
  view: oneOf(raw.view, REPORT_VIEWS),
});

export const anomaliesSearch = (raw: Raw): AnomaliesSearch => ({
  ...anomalySelection(raw),
  report: text(raw.report),
  view: oneOf(raw.view, ANOMALY_VIEWS),
});

const day = (value: unknown): string | undefined => {
  const said = text(value);
  return said && /^\d{4}-\d{2}-\d{2}$/.test(said) ? said : undefined;
};

export const auditSearch = (raw: Raw): AuditSearch => ({
  user: text(raw.user),
  action: text(raw.action),
  object: text(raw.object),
  from: day(raw.from),
  to: day(raw.to),
});

export const usersSearch = (raw: Raw): UserFilter => ({
  q: text(raw.q),
  role: oneOf(raw.role, ROLES),
  status: oneOf(raw.status, ACCOUNT_STATUSES),
});

export const itemsSearch = (raw: Raw): ItemFilter => ({
  q: text(raw.q),
  status: oneOf(raw.status, ITEM_STATUSES),
  category: text(raw.category),
  low_stock: raw.low_stock === true ? true : undefined,
});

/** `at` is an instant, as ISO 8601 text. */
export const itemSearch = (raw: Raw): { at?: string | undefined } => {
  const at = text(raw.at);
  return { at: at && !Number.isNaN(Date.parse(at)) ? at : undefined };
};

/** `q` is a part of the name or of the SKU. */
export const kitsSearch = (raw: Raw): { q?: string | undefined } => ({ q: text(raw.q) });

export const consumptionSearch = (raw: Raw): ConsumptionFilter => ({
  item: text(raw.item),
  purpose: text(raw.purpose),
  person: text(raw.person),
  from: day(raw.from),
  to: day(raw.to),
});

/** What is where: at a location, or of an item by its id. */
export const stockSearch = (raw: Raw): StockFilter => ({
  location: text(raw.location),
  item: text(raw.item),
});

/** `code` is what was scanned. */
export const scanSearch = (raw: Raw): { code?: string | undefined } => ({ code: text(raw.code) });

/** Of lists that leave out what is archived, unless it is asked for. */
export const archivedSearch = (raw: Raw): { archived?: true | undefined } => ({
  archived: raw.archived === true ? true : undefined,
});
