import type { MappingsWords } from '../en/mappings';
import type { Plural } from '../plural';

export const mappings = (plural: Plural): MappingsWords => ({
  lead: 'Lo que se aprendió de tus respuestas. Un archivo con las mismas columnas se lee así por sí solo.',
  emptyTitle: 'Todavía no se ha aprendido nada',
  empty:
    'Cuando hayas dicho qué contienen las columnas de un archivo, se recordará aquí para el próximo con las mismas columnas.',
  columns: (used, all) =>
    `${used} de ${plural(all, { one: '# columna usada', other: '# columnas usadas' })}`,
  learned: 'aprendido de',
  report: 'este informe',
  changed: (when) => `cambiado ${when}`,
  edit: 'Cambiar',
  editOf: (name) => `Cambiar ${name}`,
  forget: 'Olvidar',
  forgetOf: (name) => `Olvidar ${name}`,
  forgetTitle: '¿Olvidar estas columnas?',
  forgetText: (name) =>
    `«${name}» dejará de usarse. Se te preguntará otra vez cuando llegue un archivo con estas columnas. Los informes no cambian.`,
  forgotten: 'Olvidado.',
  editTitle: 'Cambiar lo aprendido',
  name: 'Nombre',
  column: 'Columna',
  holds: 'Contiene',
  columnHolds: (column) => `${column}: contiene`,
  unused: 'No se usa',
  dateOrder: 'Las fechas se escriben',
  dateOrderAny: 'Como muestre cada archivo',
  numberFormat: 'Los números se escriben',
  notationStays:
    'Una vez sabida, la notación de los números se puede cambiar, pero no volver a dejar abierta.',
  sheet: (name) => `Hoja ${name}`,
  headerRow: (row) => `Encabezado en la fila ${row}`,
  saved: 'Guardado. Vale para los próximos archivos.',
  needs: (fields) => `Falta elegir: ${fields}.`,
  stays: 'Una vez sabido, el orden de las fechas se puede cambiar, pero no volver a dejar abierto.',
});
