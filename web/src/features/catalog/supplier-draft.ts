import type { Schemas } from '@/api/client';
import type { Supplier } from '@/api/catalog';
import type { Part } from '@/api/suppliers';

/** What the fields of the form hold; empty text is nothing. */
export interface SupplierDraft {
  name: string;
  contact_name: string;
  contact_email: string;
  contact_phone: string;
  website: string;
  currency: string;
  lead_time_days: number | '';
  minimum_order: number | '';
  notes: string;
}

export const supplierDraft = (supplier?: Supplier): SupplierDraft => ({
  name: supplier?.name ?? '',
  contact_name: supplier?.contact?.name ?? '',
  contact_email: supplier?.contact?.email ?? '',
  contact_phone: supplier?.contact?.phone ?? '',
  website: supplier?.website ?? '',
  currency: supplier?.currency ?? 'EUR',
  lead_time_days: supplier?.lead_time_days ?? '',
  minimum_order: supplier?.minimum_order ? Number(supplier.minimum_order) : '',
  notes: supplier?.notes ?? '',
});

const text = (value: string) => value.trim() || null;
const number = (value: number | '') => (value === '' ? null : value);

/** As the service writes it; null for what is empty. */
export function supplierOf(draft: SupplierDraft) {
  const contact = {
    ...(text(draft.contact_name) ? { name: draft.contact_name.trim() } : {}),
    ...(text(draft.contact_email) ? { email: draft.contact_email.trim() } : {}),
    ...(text(draft.contact_phone) ? { phone: draft.contact_phone.trim() } : {}),
  };
  return {
    name: draft.name.trim(),
    contact: Object.keys(contact).length > 0 ? contact : null,
    website: text(draft.website),
    currency: draft.currency.trim().toUpperCase() || 'EUR',
    lead_time_days: number(draft.lead_time_days),
    minimum_order: draft.minimum_order === '' ? null : String(draft.minimum_order),
    notes: text(draft.notes),
  };
}

export interface PartDraft {
  item_id: string;
  part_number: string;
  pack_size: number | '';
  unit: string;
  price: number | '';
  currency: string;
  lead_time_days: number | '';
  minimum_packs: number | '';
}

export const partDraft = (part: Part | undefined, currency: string): PartDraft => ({
  item_id: part?.item_id ?? '',
  part_number: part?.part_number ?? '',
  pack_size: part?.pack_size ?? '',
  unit: part?.unit ?? 'pcs',
  price: part ? Number(part.price) : '',
  currency: part?.currency ?? currency,
  lead_time_days: part?.lead_time_days ?? '',
  minimum_packs: part?.minimum_packs ?? '',
});

/** Without what is as the supplier's. */
export const partOf = (draft: PartDraft): Schemas['PartRequest'] => ({
  part_number: draft.part_number.trim(),
  pack_size: draft.pack_size || 0,
  unit: draft.unit,
  price: String(draft.price || 0),
  currency: draft.currency.trim().toUpperCase() || null,
  lead_time_days: number(draft.lead_time_days),
  minimum_packs: number(draft.minimum_packs),
});
