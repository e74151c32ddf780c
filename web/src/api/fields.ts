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

export const isField = (name: string): name is Field => FIELDS.some((field) => field === name);
