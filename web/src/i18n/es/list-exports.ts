import type { ListExportWords } from '../en/list-exports';
import type { Plural } from '../plural';

export const listExports = (plural: Plural): ListExportWords => ({
  export: 'Exportar',
  title: {
    items: 'Exportar artículos',
    lots: 'Exportar lotes',
    categories: 'Exportar categorías',
    suppliers: 'Exportar proveedores',
    parts: 'Exportar lo que venden los proveedores',
    units: 'Exportar unidades',
    inventory_types: 'Exportar tipos de inventario',
    stock: 'Exportar qué hay y dónde',
    orders: 'Exportar pedidos',
    order_lines: 'Exportar líneas de pedidos',
    movements: 'Exportar movimientos',
    kits: 'Exportar kits',
    consumption: 'Exportar consumo',
  },
  all: 'La lista entera se escribe en un archivo.',
  filtered: 'Lo que muestra ahora la lista, con sus filtros, se escribe en un archivo.',
  format: { xlsx: 'Excel', csv: 'CSV' },
  formatHint: {
    xlsx: 'Números y fechas como tales, con un filtro en cada columna',
    csv: 'Para otros programas',
  },
  ready: (rows) =>
    plural(rows, { one: 'Hay # fila en el archivo.', other: 'Hay # filas en el archivo.' }),
  truncated: 'Hay más, para lo que no quedó sitio en el archivo. Acote los filtros.',
});
