import type { reportMap as english } from '../en/report-map';
import type { Plural } from '../plural';

/** Words of a report's map of the warehouse. */
export const reportMap = (plural: Plural): ReturnType<typeof english> => ({
  title: 'Mapa del almacén',
  lead: 'Cada celda es una ubicación; cuanto más intenso el color, más anomalías. Elige una para verlas.',
  leadFill:
    'Cada celda es una ubicación; cuanto más intenso el color, más llena. En rojo, la que tiene más de lo que cabe.',
  colors: 'Qué significan los colores',
  fill: 'Ocupación',
  zoom: 'Zoom',
  withAnomalies: (count) => plural(count, { one: '# con anomalías', other: '# con anomalías' }),
  fewer: 'Menos',
  more: 'Más',
  cell: (name, count) => `${name}: ${plural(count, { one: '# anomalía', other: '# anomalías' })}`,
  clean: (name) => `${name}: sin anomalías`,
  area: (count) => plural(count, { one: '# ubicación', other: '# ubicaciones' }),
  noLocation: 'Sin ubicación',
  other: 'Fuera del plano',
  inFile: 'Ubicaciones del archivo',
  showEmpty: 'Mostrar las ubicaciones vacías',
  aisle: (name) => `Pasillo ${name}`,
  holds: (pallets) =>
    pallets === 0 ? 'vacía' : plural(pallets, { one: '# palé', other: '# palés' }),
  holdsOf: (pallets, capacity) =>
    pallets === 0
      ? 'vacía'
      : `${plural(pallets, { one: '# palé', other: '# palés' })}, caben ${capacity}`,
  emptyKey: 'Vacía',
  fullKey: 'Llena',
  overKey: 'De más',
  pallets: 'Palés',
  table: 'Ubicaciones',
  listed: (shown, total) => `Las primeras ${shown} de ${total}`,
  location: 'Ubicación',
  anomalies: 'Anomalías',
  find: 'Buscar una ubicación',
  none: 'El archivo no nombra ubicaciones.',
  tooOld: 'Este informe aún no tiene mapa',
  tooOldText: 'Se analizó antes de que hubiera mapas. Analízalo de nuevo para tenerlo.',
  tooMany: (shown) => `Se dibujan las primeras ${shown} ubicaciones.`,
});
