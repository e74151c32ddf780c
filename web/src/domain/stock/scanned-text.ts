/** What a browser may read by its camera, of what stands on goods and pallets. */
export const FORMATS = [
  'ean_13',
  'ean_8',
  'upc_a',
  'itf',
  'code_128',
  'code_39',
  'data_matrix',
  'qr_code',
] as const;

const SSCC = /^(?:\(00\)|\]C100|00)?(\d{18})$/;

/**
 * The number of a pallet, where a code is nothing else: 18 digits, perhaps with their identifier.
 * The pages about pallets know it; the catalog does not.
 */
export const palletIn = (code: string): string | undefined => SSCC.exec(code.trim())?.[1];

/** What a scanner typed, without what some of them send around it. */
export const typedCode = (text: string): string => text.replaceAll(/[\r\n\t]/g, '').trim();
