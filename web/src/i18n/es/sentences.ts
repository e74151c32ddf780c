import type { Facts } from '../facts';

const REASONS: Record<string, string> = {
  'not more than zero': 'no es mayor que cero',
  'not a number': 'no es un número',
};

const WHEN: Record<string, string> = { '0': 'hoy', '1': 'mañana' };

const NEEDS: Record<string, string> = {
  frozen: 'producto congelado',
  chilled: 'producto refrigerado',
  cold: 'producto frío',
  ambient: 'producto que no se enfría',
};

/** What is likely wrong where a rule flags most of a file. */
const CAUSES: Record<string, string> = {
  'unknown-location': 'Puede que el plano no corresponda a este archivo.',
  'impossible-location': 'Puede que la columna no sea la ubicación.',
  'missing-location': 'Puede que las ubicaciones estén en otra columna.',
  'location-type-mismatch': 'Puede que el plano sea de otro almacén.',
  'mixed-location': 'Puede que el plano diga con demasiada frecuencia que es para uno solo.',
  'product-location': 'Puede que el plano permita demasiado pocos artículos.',
  'cold-chain': 'Puede que las zonas estén mal nombradas.',
  overcapacity: 'Puede que las capacidades del plano sean demasiado pequeñas.',
  'future-date': 'Puede que el reloj esté mal, o el orden de día y mes.',
  expired: 'Puede que la columna no sea la caducidad.',
  'expiring-soon': 'Puede que el límite sea demasiado largo.',
  'lot-straggler': 'Puede que la columna no sea el albarán.',
  'lot-expiry-conflict': 'Puede que la columna no sea el lote.',
  'duplicate-pallet': 'Puede que la columna no sea el palé.',
  'unknown-product':
    'Puede que falten estos artículos en el catálogo, o que la columna no sea el código de producto.',
  'inactive-product': 'Puede que los artículos se archivaran por error.',
  'unit-mismatch': 'Puede que la columna no sea la unidad de la cantidad.',
  'shelf-life-impossible': 'Puede que las vidas útiles del catálogo sean demasiado cortas.',
  'lot-missing': 'Puede que los lotes estén en otra columna.',
  'gtin-sku-mismatch': 'Puede que las columnas sean de listas distintas.',
  'quantity-sign': 'Puede que la columna no sea la cantidad.',
  ...Object.fromEntries(
    [
      'stagnant-pallet',
      'stuck-in-transit',
      'quarantine-dwell',
      'shipping-dwell',
      'dock-dwell',
      'staging-dwell',
    ].map((rule) => [rule, 'Puede que el límite sea demasiado corto.']),
  ),
};

/** What an inventory type asks for. */
const LACKS: Record<string, string> = {
  lot: 'lote',
  'expiry date': 'fecha de caducidad',
  'lot and expiry date': 'lote ni fecha de caducidad',
};

/** What a unit measures. */
const MEASURES: Record<string, string> = {
  count: 'cantidad',
  mass: 'masa',
  volume: 'volumen',
  length: 'longitud',
  area: 'superficie',
  time: 'tiempo',
};

export const sentences: Record<string, (facts: Facts) => string> = {
  flood: (f) =>
    `El ${f.percent('subjects', 'judged')} de lo comprobado tiene esta anomalía (${f.number('subjects')} de ${f.number('judged')}); por ejemplo, ${f.text('example')}. ${CAUSES[f.subject] ?? ''}`.trim(),
  'lot-straggler': (f) =>
    `${f.subject} sigue en ${f.location} mientras ${f.number('stored')} de los ${f.number('lot_pallets')} palés del lote ${f.text('receipt_number')} ya están almacenados.`,
  'missing-location': (f) => `${f.subject} no tiene ubicación.`,
  'cold-chain': (f) =>
    `${f.subject} (${f.text('description')}), ${NEEDS[f.text('need')] ?? f.text('need')}, lleva ${f.duration('minutes', 60)} en ${f.location}, zona ${f.text('zone')} (límite ${f.number('max_minutes')} min).`,
  overcapacity: (f) =>
    `${f.subject} tiene ${f.number('pallets')} palés, ${f.number('excess')} más de los ${f.number('capacity')} que caben.`,
  expired: (f) =>
    `${f.subject} caducó el ${f.text('expires')}, ${f.number('days')} días antes de este inventario.`,
  'expiring-soon': (f) =>
    `${f.subject} caduca el ${f.text('expires')}, ${WHEN[f.number('days')] ?? `dentro de ${f.number('days')} días`} (aviso desde ${f.number('warning_days')} días).`,
  'stagnant-pallet': (f) =>
    `${f.subject} lleva ${f.duration('age_hours')} esperando en ${f.location} (límite ${f.number('max_hours')} h).`,
  'stuck-in-transit': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location} (límite ${f.number('max_hours')} h).`,
  'quarantine-dwell': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location} (límite ${f.number('max_hours')} h).`,
  'shipping-dwell': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location} (límite ${f.number('max_hours')} h).`,
  'dock-dwell': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location} (límite ${f.number('max_hours')} h).`,
  'staging-dwell': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location} (límite ${f.number('max_hours')} h).`,
  'lot-expiry-conflict': (f) =>
    `${f.subject}, del lote ${f.text('lot_number')}, caduca el ${f.text('expires')}; otros del lote, el ${f.list('other_dates')}.`,
  'mixed-location': (f) =>
    `${f.subject} es para un solo ${f.text('single') === 'lot' ? 'lote' : 'artículo'} y tiene ${f.number('count')}: ${f.list('names')}.`,
  'unknown-location': (f) => {
    const nearest = f.list('nearest');
    return `${f.subject} no es una ubicación de este almacén${nearest ? `; las más parecidas son ${nearest}` : ''}.`;
  },
  'duplicate-pallet': (f) =>
    `${f.subject} aparece ${f.number('times')} veces, en ${
      f.flag('locations_differ') ? `lugares distintos: ${f.list('locations')}` : 'el mismo lugar'
    }.`,
  'future-date': (f) =>
    `${f.subject} se creó ${f.duration('hours_ahead')} después del momento de este inventario.`,
  'quantity-sign': (f) => {
    const reason = REASONS[f.text('reason')];
    return `La cantidad de ${f.subject} es ${f.text('stated')}${reason ? `: ${reason}` : ''}.`;
  },
  'gs1-check-digit': (f) =>
    `El ${f.text('column').toUpperCase()} ${f.text('number')} de ${f.subject} debería terminar en ${f.number('expected')}; una de sus cifras está mal.`,
  'unknown-product': (f) => {
    const nearest = f.list('nearest');
    return `Ningún artículo del catálogo tiene el código ${f.subject}${nearest ? `; los más parecidos son ${nearest}` : ''}.`;
  },
  'inactive-product': (f) =>
    `${f.subject} (${f.text('item_name')}) está archivado en el catálogo, y aún hay existencias.`,
  'unit-mismatch': (f) =>
    `${f.subject} viene en ${f.text('unit')}, que mide ${MEASURES[f.text('measured')] ?? f.text('measured')}; el catálogo lo lleva en ${f.text('item_unit')}, que mide ${MEASURES[f.text('item_measured')] ?? f.text('item_measured')}.`,
  'shelf-life-impossible': (f) =>
    `${f.subject} caduca el ${f.text('expires')}, ${f.number('days')} días después de ${f.text('counted_from') === 'receipt' ? 'su recepción' : 'este inventario'}; ${f.text('item_name')} dura ${f.number('shelf_life_days')} días.`,
  'lot-missing': (f) =>
    `${f.subject} no tiene ${LACKS[f.text('missing')] ?? f.text('missing')}, que ${f.text('item_name')} debe tener.`,
  'gtin-sku-mismatch': (f) =>
    `${f.subject} lleva el GTIN ${f.text('number')}, que es el de ${f.text('other')} (${f.text('other_name')}).`,
  'location-type-mismatch': (f) =>
    `El archivo llama ${f.text('stated')} a ${f.subject}; el plano, ${f.text('location_type')}.`,
  'product-location': (f) =>
    `${f.subject} (${f.text('description')}) está en ${f.location}, reservada para ${f.text('allowed')}.`,
  'dwell-outlier': (f) =>
    `${f.subject} lleva ${f.duration('dwell_hours')} en ${f.location}; en ${f.text('location_type')} lo habitual son ${f.duration('typical_hours')}.`,
  'quantity-outlier': (f) =>
    `${f.subject} contiene ${f.number('quantity')} de ${f.text('product')}; lo habitual es ${f.number('typical')}.`,
};
