/** The canonical fields that a column can be, in the order in which people look for them. */
export const REQUIRED_FIELDS = ['pallet_id', 'location'] as const;
export const WANTED_FIELDS = ['creation_date', 'receipt_number', 'description'] as const;
export const OPTIONAL_FIELDS = [
  'quantity',
  'unit',
  'product_code',
  'expiry_date',
  'lot',
  'storage_class',
  'location_type',
  'temperature_zone',
  'last_movement_date',
  'time_in_storage',
  'sscc',
  'gtin',
  'weight',
] as const;
export const FIELDS = [...REQUIRED_FIELDS, ...WANTED_FIELDS, ...OPTIONAL_FIELDS] as const;
export type Field = (typeof FIELDS)[number];
export const DATE_FIELDS: readonly Field[] = ['creation_date', 'expiry_date', 'last_movement_date'];

export const NUMBER_FIELDS: readonly Field[] = ['quantity', 'weight'];
/** Without a pallet number, one of these names what lies at a location. */
const ITEM_FIELDS: readonly Field[] = ['product_code', 'description'];

export const hasItem = (held: Iterable<Field | null>): boolean =>
  [...held].some((field) => field !== null && ITEM_FIELDS.includes(field));

/** What a file with these fields lacks to be analyzed: a location, and a pallet number or an item. */
export function lackingFields(held: Iterable<Field | null>): Field[] {
  const present = [...held];
  return REQUIRED_FIELDS.filter(
    (field) => !present.includes(field) && !(field === 'pallet_id' && hasItem(present)),
  );
}

export const isField = (name: string): name is Field => FIELDS.some((field) => field === name);
