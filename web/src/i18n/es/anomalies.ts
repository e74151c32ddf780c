import type { anomalies as english } from '../en/anomalies';
import type { Plural } from '../plural';

export const anomalies = (plural: Plural): ReturnType<typeof english> => ({
  priority: { 'Very High': 'Muy alta', High: 'Alta', Medium: 'Media', Low: 'Baja' },
  status: {
    New: 'Nueva',
    Acknowledged: 'Revisada',
    'In Progress': 'En curso',
    Resolved: 'Resuelta',
  },
  subject: {
    pallet: 'Palé',
    stock_line: 'Línea de stock',
    location: 'Ubicación',
    lot: 'Lote',
    rule: 'Muchas a la vez',
  },
  companions: {
    title: {
      pallet: 'También sobre este palé',
      stock_line: 'También sobre esta línea de existencias',
      location: 'También sobre esta ubicación',
      lot: 'También sobre este lote',
      rule: 'También sobre esta regla',
    },
    more: {
      pallet: (count) => `y ${count} más sobre este palé`,
      stock_line: (count) => `y ${count} más sobre esta línea de existencias`,
      location: (count) => `y ${count} más sobre esta ubicación`,
      lot: (count) => `y ${count} más sobre este lote`,
      rule: (count) => `y ${count} más sobre esta regla`,
    },
    together: {
      pallet: (count) =>
        plural(count, {
          one: 'También la otra sobre este palé',
          other: 'También las otras # sobre este palé',
        }),
      stock_line: (count) =>
        plural(count, {
          one: 'También la otra sobre esta línea de existencias',
          other: 'También las otras # sobre esta línea de existencias',
        }),
      location: (count) =>
        plural(count, {
          one: 'También la otra sobre esta ubicación',
          other: 'También las otras # sobre esta ubicación',
        }),
      lot: (count) =>
        plural(count, {
          one: 'También la otra sobre este lote',
          other: 'También las otras # sobre este lote',
        }),
      rule: (count) =>
        plural(count, {
          one: 'También la otra sobre esta regla',
          other: 'También las otras # sobre esta regla',
        }),
    },
  },
  flood: {
    size: (subjects, judged) => `${subjects} de ${judged}`,
    patterns: 'Cómo son',
    places: 'Dónde están',
    pattern: 'Patrón',
    count: 'Cuántas',
    example: 'Por ejemplo',
    list: 'Mostrar cada una por separado…',
    listTitle: '¿Mostrar cada una por separado?',
    listText: (count) =>
      plural(count, {
        one: 'El archivo se analiza de nuevo y esta anomalía pasa a ser # anomalía.',
        other:
          'El archivo se analiza de nuevo y esta anomalía pasa a ser # anomalías, cada una con su propio estado. Puede tardar minutos.',
      }),
    listBetter:
      'Si todas tienen una misma causa, como un plano que no corresponde, corrígela y analiza de nuevo.',
    confirm: 'Mostrar cada una',
    keep: (rules) => `Seguir mostrando cada una por separado: ${rules}`,
  },
  anomalies: {
    title: 'Anomalías',
    lead: 'De todos tus informes, lo más urgente primero.',
    priority: 'Prioridad',
    anyPriority: 'Toda prioridad',
    status: 'Estado',
    anyStatus: 'Todo estado',
    rule: 'Regla',
    anyRule: 'Todas las reglas',
    location: 'Ubicación',
    warehouse: 'Almacén',
    anyWarehouse: 'Cualquier almacén',
    report: 'Informe',
    anyReport: 'Todos los informes',
    subject: 'Qué',
    what: 'Qué ocurre',
    pallets: 'Palés',
    updated: 'Cambiada',
    search: 'Buscar',
    searchLabel: 'Buscar palé, línea de stock, ubicación o texto',
    group: 'Agrupar por',
    groupNone: 'Sin agrupar',
    sortBy: (column) => `Ordenar por ${column}`,
    table: 'Tabla',
    board: 'Tablero',
    view: 'Vista',
    shown: (shown, total) =>
      `${plural(shown, { one: '# anomalía', other: '# anomalías' })} de ${total}`,
    loaded: (count) => plural(count, { one: '# cargada', other: '# cargadas' }),
    count: (count) => plural(count, { one: '# anomalía', other: '# anomalías' }),
    inLines: (counted, lines) =>
      `${counted}, ${plural(lines, { one: 'en # línea', other: 'en # líneas' })}`,
    selectedWith: (lines, companions) =>
      `${plural(lines, { one: '# seleccionada', other: '# seleccionadas' })}, ${plural(companions, { one: 'con # compañera', other: 'con # compañeras' })}`,
    loadingRest: (loaded) => `Cargando el resto para ordenar y buscar: ${loaded} hasta ahora`,
    selected: (count) => plural(count, { one: '# elegida', other: '# elegidas' }),
    select: (what) => `Elegir ${what}`,
    selectAll: 'Elegir todas las que se ven',
    setStatus: 'Cambiar el estado',
    comment: 'Comentario',
    commentHint: 'Qué se encontró, qué se hizo',
    emptyTitle: 'Sin anomalías',
    empty: 'No hay nada. Sube un inventario para encontrarlas.',
    nothingTitle: 'Nada coincide',
    nothing: 'Cambia la búsqueda o los filtros.',
    columnEmpty: 'No hay nada',
    updatedCount: (count) =>
      plural(count, { one: '# anomalía cambiada', other: '# anomalías cambiadas' }),
    failedCount: (count) =>
      plural(count, { one: '# no se ha podido cambiar', other: '# no se han podido cambiar' }),
    rows: 'Lista de anomalías',
    moveTo: (what) => `Pasar ${what} a otro estado`,
    locationFilter: (name) => `Ubicación: ${name}`,
    filters: 'Filtros',
  },
  panel: {
    title: 'Anomalía',
    evidence: 'Pruebas',
    cell: 'Celda',
    column: 'Columna',
    raw: 'En el archivo',
    parsed: 'Leído como',
    row: (sheet, row) => `${sheet}, fila ${row}`,
    moreRows: (count) => plural(count, { one: 'Ver # fila más', other: 'Ver # filas más' }),
    firstRows: (shown) => `Estas son las primeras ${shown} filas; las demás están en el archivo.`,
    history: 'Historial',
    found: 'Encontrada por el análisis',
    historyMore: (count) =>
      plural(count, { one: '# cambio anterior', other: '# cambios anteriores' }),
    moved: (from, to) => `${from} → ${to}`,
    commented: 'Comentario',
    by: (name) => `de ${name}`,
    statusTitle: 'Estado',
    next: (status) => `Pasar a ${status}`,
    saveComment: 'Guardar el comentario',
    changed: (status) => `Ahora: ${status}`,
    affected: (count) => plural(count, { one: '# palé afectado', other: '# palés afectados' }),
    newer: 'Un inventario más reciente también tiene esta anomalía. Cambia su estado allí.',
    newerLink: 'Abrirla allí',
    openReport: 'Abrir su informe',
    previous: 'Anomalía anterior',
    following: 'Anomalía siguiente',
    close: 'Cerrar el panel',
    empty: '(vacío)',
  },
});
