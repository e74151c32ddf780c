import type { RuleWords, SuggestionFacts } from '../en/rule-settings';
import type { Plural } from '../plural';

export const ruleSettings = (plural: Plural): RuleWords => ({
  title: 'Reglas',
  lead: 'Qué se busca en cada inventario y dónde están los límites.',
  defaultsTitle: 'Estos son los valores predeterminados',
  defaults: 'Las reglas se ajustan en cada almacén. Añade uno para fijar tus propios límites.',
  addWarehouse: 'Añadir un almacén',
  readOnlyTitle: 'Puedes mirar, pero no cambiar',
  readOnly: (role, owner) =>
    `Eres ${role} de este almacén. Sus reglas las ajustan los encargados y ${owner}, su propietario.`,
  roles: { viewer: 'lector', operator: 'operario' },
  rule: 'Regla',
  priority: 'Prioridad',
  limits: 'Límites',
  precision: 'Aciertos',
  on: 'Activa',
  switchRule: (title) => `Buscar: ${title}`,
  switchedOn: (title) => `«${title}» se busca a partir del próximo análisis.`,
  switchedOff: (title) => `«${title}» ya no se busca.`,
  changed: 'Modificada',
  allRules: 'Todas las reglas',
  why: 'Qué busca y por qué',
  details: {
    'lot-straggler':
      'Cuando la mayor parte de una recepción está almacenada, lo que sigue en el muelle se ha olvidado.\n\nUn lote es un número de recepción con más de un palé; la parte almacenada se cuenta en palés, también los de ubicación desconocida. Basta con llegar al límite: 8 de 10 son el 80 %. Un palé recién llegado puede ser de otra entrega; sin fecha, o con una futura, no hay excusa. Un número cuyos palés almacenados llegaron a lo largo de varios días es un lote de producción, no una recepción, y se omite.',
    'missing-location':
      'La mercancía sin ubicación no se puede recoger, contar ni encontrar y, sin embargo, se vende como disponible.',
    'cold-chain':
      'Lo congelado o refrigerado se estropea donde hace calor, y lo refrigerado donde hiela, sin que se note.\n\nLo que necesita la mercancía es la clase de almacenamiento de su artículo en el catálogo o, si falta, la del archivo o lo que dice la descripción: FROZEN, REFRIGERATED y CHILLED como palabras enteras, no tras «non» o «for», ni en una mochila FROZEN. Una palabra que llevan muchos productos distintos de zonas templadas no se toma por temperatura, ni el nombre de un producto que está allí casi todo, cinco palés o más desde hace más de un día en almacenamiento: la cobertura los cuenta y pregunta si deben seguir fríos. Las respuestas son ajustes de la regla; de varias sobre un producto vale la más larga. Que una palabra no diga nada solo vale para los productos que están casi todos en otras zonas. La zona es la del plano o, si falta, la del archivo; las de temperatura desconocida se nombran en la cobertura. El tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    overcapacity:
      'Si hay más palés de los que caben, algunos están en otro sitio o unos encima de otros.\n\nCada palé se cuenta una vez aunque se escaneara varias. En las estanterías la prioridad es muy alta, porque lo que no cabe no está; en un muelle o pasillo lleno es alta.',
    expired:
      'La mercancía caducada no se puede vender; cuanto más tiempo esté entre la buena, más probable es que salga.',
    'stagnant-pallet':
      'La mercancía que se queda en el muelle de recepción lo bloquea y es la primera que se pierde.\n\nEl tiempo cuenta desde la recepción: mover un palé de un lado a otro del muelle no es avanzar.',
    'stuck-in-transit':
      'Un palé en un pasillo va de camino; el que se queda se ha olvidado y estorba.\n\nEl tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    'quarantine-dwell':
      'Lo que está en cuarentena espera una decisión; mientras nadie la toma, envejece y ocupa sitio.\n\nEl tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    'shipping-dwell':
      'Lo que sigue donde sale la mercancía no se cargó: un cliente espera, o el sistema cree que ya no está.\n\nEl tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    'dock-dwell':
      'Un palé en un muelle se está cargando o descargando; el que se queda se ha olvidado, y estorba.\n\nEl tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    'staging-dwell':
      'Lo preparado que nadie recoge ocupa el sitio del siguiente pedido.\n\nEl tiempo cuenta desde el último movimiento, si el archivo lo tiene; si no, desde la recepción.',
    'lot-expiry-conflict':
      'La mercancía de un lote caduca el mismo día; una segunda fecha es un error al teclear, y una de las dos se venderá.\n\nSe comparan los días dentro de un lote y un producto. Se avisa de los palés cuya fecha no es la habitual de su lote, y de todos si ninguna lo es. Varios palés que llegaron después y caducan después son otra entrega. Los números de recepción valen como lotes solo si su columna los llama así.',
    'mixed-location':
      'Donde se espera un solo artículo o lote, lo que está detrás de otro se recoge por error o nunca.\n\nLas notas del plano dicen qué ubicaciones son de un solo artículo («single item», «un solo producto») o de un solo lote («single lot», «un solo lote»).',
    'unknown-location':
      'Un código que el plano no tiene es un error al teclear o un sitio del que nadie se ocupa.\n\nSe nombran los códigos conocidos más parecidos. Un código que no puede serlo es una «ubicación imposible».',
    'duplicate-pallet':
      'Un palé en dos sitios, o con la misma línea dos veces, se escaneó dos veces o comparte etiqueta.\n\nFilas de otra mercancía en el mismo sitio son un palé mixto, no una anomalía: cambia el producto, el lote, la recepción, la caducidad o la unidad. No es lo mismo que las filas coincidan en la ubicación (escaneado dos veces) o no (en dos sitios a la vez); el aviso lo dice.',
    'impossible-location':
      'En la columna de la ubicación acaban textos de error y fallos del escáner, y esconden un palé.\n\nMás de 20 caracteres, o caracteres que ningún código tiene (`@ # ! ?` …). Un código que el plano escribe tal cual vale siempre. De una ruta como WH/Stock/A-01-1 cuenta la última parte.',
    'future-date':
      'Una fecha de recepción posterior al inventario es un reloj mal puesto o un error al teclear.\n\nPara «primero en entrar, primero en salir» ese palé va el último, y ninguna regla de antigüedad lo ve.',
    'expiring-soon':
      'Lo que está cerca de su fecha aún se puede vender primero, o más barato; después es desperdicio.\n\nSe cuenta por días de la zona horaria del almacén, y la mercancía vale hasta que acaba su día. Cerca es relativo: de un yogur que dura 20 días se avisa más tarde que del arroz. La vida útil es la del artículo en el catálogo o, si falta, lo que este inventario muestra como habitual para el producto; cuenta lo menor de los días y la parte de ella.',
    'quantity-sign':
      'Cero, menos de cero o ningún número: las existencias de este producto están mal en todas las sumas.',
    'gs1-check-digit':
      'Un dígito de control incorrecto es un número mal tecleado o mal leído: los escáneres no encontrarán el palé.\n\nSe miran SSCC, GTIN y el número de palé (como SSCC), cada uno solo si la mayoría de sus números son correctos; si no, es una numeración propia.',
    'unknown-product':
      'La mercancía con un código que ningún artículo tiene no se puede vender ni pedir: nadie la encontrará.\n\nUna anomalía por código, como SKU o GTIN, solo o en una cadena de elementos. Un código se conoce también si el GTIN que lo acompaña es de un artículo. Se nombran los códigos más parecidos: los del catálogo a los que se llega con una letra equivocada, un cero o un guion de menos o dos cifras cambiadas, y los del archivo que sí son de artículos. Si el catálogo conoce menos de la quinta parte de muchos códigos, no es el de este archivo y no se juzga nada.',
    'inactive-product':
      'Lo que ya no se vende ocupa sitio hasta que alguien lo devuelve, lo liquida o lo tira.\n\nUna anomalía por producto. Las filas con cantidad cero o menor no son existencias.',
    'unit-mismatch':
      'Doce piezas anotadas como doce kilos estropean todas las cifras del producto.\n\nUna anomalía por producto. Una unidad vale si es la del artículo o se convierte en ella, como los gramos en kilos: los paquetes se cuentan, como las piezas. Las unidades que el catálogo no tiene, como CTN o PAL, no se juzgan: nadie sabe cuánto contienen.',
    'shelf-life-impossible':
      'Una fecha demasiado lejana es un error al teclear, y esconde mercancía que caduca mucho antes.\n\nNada puede llegar con más vida que la que dice el catálogo. La décima parte de más deja sitio a las fechas que solo nombran un mes, y un día a las horas. Se cuenta desde la recepción, y desde el inventario si no se sabe o es futura. Una fecha anterior a la recepción es posible: las devoluciones y entregas tardías las ve la regla de lo caducado.',
    'lot-missing':
      'Sin su lote la mercancía no se puede retirar del mercado, ni vender por orden de caducidad.\n\nLo que debe tener un producto lo dice su tipo de inventario. El lote es el del archivo, o un número de recepción si su columna lo llama lote. Que falte la fecha se dice donde tampoco hay lote: los lotes tienen la suya en el catálogo. Los números de serie son de piezas sueltas, que un inventario de palés no enumera; no se juzgan.',
    'gtin-sku-mismatch':
      'Los escáneres van por el GTIN y las personas por el código: alguien cogerá lo que no es.\n\nUna anomalía por código de producto. Los GTIN de 8, 12, 13 y 14 cifras se comparan como 14. Un GTIN que ningún artículo tiene puede ser el de un paquete, y no se juzga.',
    'location-type-mismatch':
      'Uno de los dos está anticuado, y todas las reglas que miran el tipo se guían por el plano.',
    'product-location':
      'Lo que está fuera de su zona cuesta encontrarlo, y hay productos que no pueden estar junto a otros.\n\nUna fila del plano sin producto permitido lo admite todo.',
    'dwell-outlier':
      'Lo que se queda mucho más que sus vecinos es mercancía muerta, está bloqueada o ya no está.\n\nLa puntuación dice cuánto se aparta del tiempo habitual en ese tipo de ubicación; solo cuentan las estancias largas. Lo que encuentra una regla con límite en horas se deja a esa regla.',
    'quantity-outlier':
      'Una cantidad muy por encima de la habitual de su producto es un error al teclear o de unidad.\n\nLa puntuación dice cuánto se aparta de lo habitual para el producto y la unidad. Los palés incompletos son normales, así que lo pequeño solo cuenta si se pide, y de dos a cuatro veces lo habitual, exactamente, tampoco es anomalía. Se juzgan palés y no líneas de stock: un palé tiene una cantidad habitual, un hueco de picking no.',
  },
  needs: (what) => `Necesita: ${what}.`,
  settings: 'Ajustes',
  enabled: 'Buscar esto',
  ownPriority: (priority) => `La de la regla (${priority})`,
  scope: 'Dónde y qué mira',
  scopeLead: 'Patrones como en los planos, uno por línea. En blanco, lo mira todo.',
  locations: 'Solo estas ubicaciones',
  locationsHint: 'Como A-0[1-5]-*',
  products: 'Solo estos productos',
  productsHint: 'Códigos de producto o descripciones',
  excluded: 'Estos no',
  excludedHint: 'Números de palé, ubicaciones, códigos de producto o descripciones',
  bounds: (low, high) => `De ${low} a ${high}.`,
  outOfBounds: (low, high) => `Un número de ${low} a ${high}.`,
  atLeastOne: 'Hace falta al menos uno.',
  notAPattern: (text) => `«${text}» no es un patrón.`,
  tooMany: (most) => `Como mucho ${most}.`,
  onePerLine: 'Uno por línea.',
  byDefault: (value) => `Predeterminado: ${value}`,
  parameter: {
    completion: 'Parte del lote ya almacenada',
    patterns: 'Productos que deben seguir fríos',
    zones: 'Zonas a temperatura ambiente',
    exclusions: 'Palabras de lo que no es frío',
    must_stay_cold: 'Productos en duda que deben seguir fríos',
    need_no_cold: 'Productos en duda que no necesitan frío',
    min_hours: 'Horas antes de las que ninguno es rezagado',
    max_minutes: 'Minutos permitidos allí',
    max_hours: 'Horas permitidas',
    max_days: 'Días antes de la fecha',
    share: 'Parte de la vida útil que queda',
    max_percent: 'Parte de la vida útil permitida',
    max_score: 'Cuánto puede apartarse',
    both_directions: 'También cantidades pequeñas',
    location_types: 'Tipos de ubicación',
  },
  parameterHint: {
    'cold-chain.patterns': 'Descripciones de los productos que deben seguir fríos.',
    'cold-chain.zones': 'Las zonas a temperatura ambiente: sus nombres, o palabras de ellos.',
    'cold-chain.exclusions':
      'Palabras de una descripción que dicen que la mercancía en sí no es fría.',
    'cold-chain.must_stay_cold':
      'Descripciones de productos que deben seguir fríos, esté donde esté la mayoría.',
    'cold-chain.need_no_cold':
      'Descripciones de productos que no necesitan frío; de una palabra de los patrones, solo los que están casi todos en otras zonas.',
    'cold-chain.max_minutes': 'Minutos que la mercancía puede estar en una zona que no es la suya.',
    'dwell-outlier.max_score': 'Lo habitual es 3,5.',
    'quantity-outlier.max_score': 'Lo habitual es 3,5.',
    'quantity-outlier.both_directions':
      '1 avisa también de cantidades muy pequeñas; 0, solo de las grandes.',
    'expiring-soon.share': 'La parte de la vida útil que queda cuando se avisa, si es menos.',
    'expiring-soon.max_days': 'Cuántos días antes de su fecha se avisa.',
    'shelf-life-impossible.max_percent': 'Cuánta vida útil puede tener al llegar, en porcentaje.',
    'lot-straggler.min_hours':
      'Horas desde la recepción antes de las que un palé aún no es un rezagado.',
    'lot-straggler.completion': 'La parte de un lote que ya debe estar almacenada; 0,8 es el 80 %.',
    'stagnant-pallet.location_types': 'Donde la mercancía solo llega.',
    'stagnant-pallet.max_hours': 'Horas desde la recepción que un palé puede estar allí.',
    'quarantine-dwell.location_types': 'Donde la mercancía espera una decisión.',
    'quarantine-dwell.max_hours': 'Horas desde el último movimiento que un palé puede estar allí.',
    'shipping-dwell.location_types': 'Donde la mercancía sale del almacén.',
    'shipping-dwell.max_hours': 'Horas desde el último movimiento que un palé puede estar allí.',
    'dock-dwell.location_types': 'Donde se carga y descarga.',
    'dock-dwell.max_hours': 'Horas desde el último movimiento que un palé puede estar allí.',
    'staging-dwell.location_types': 'Donde se prepara la mercancía.',
    'staging-dwell.max_hours': 'Horas desde el último movimiento que un palé puede estar allí.',
    'stuck-in-transit.location_types': 'Donde la mercancía solo pasa.',
    'stuck-in-transit.max_hours': 'Horas desde el último movimiento que un palé puede estar allí.',
  },
  unit: { max_minutes: 'min', max_percent: '%', max_hours: 'h', min_hours: 'h', max_days: 'días' },
  score: (score) => `puntuación ${score}`,
  save: 'Guardar',
  saved:
    'Guardado. Vale a partir del próximo análisis; los informes conservan los ajustes con que se hicieron.',
  discard: 'Descartar los cambios',
  unsaved: 'Hay cambios sin guardar.',
  leaveText: 'Se perderán si sales ahora de esta página.',
  reset: 'Volver a lo predeterminado',
  resetTitle: '¿Volver a lo predeterminado?',
  resetText: (title) =>
    `«${title}» se buscará como si nadie hubiera ajustado nada. Lo que había queda en las versiones.`,
  resetDone: 'Vuelven a valer los valores predeterminados.',
  backtest: 'Pruébalo antes',
  backtestLead:
    'Aplica estos ajustes y los vigentes a inventarios que ya has enviado, y los compara.',
  backtestCount: 'Cuántos inventarios',
  backtestGo: 'Probar en inventarios pasados',
  backtestAgain: 'Los ajustes han cambiado desde entonces. Prueba otra vez para ver qué hacen.',
  backtestNone: 'Aún no hay ningún inventario de este almacén con el que probar.',
  backtestSame: 'No cambia nada: se encuentran las mismas anomalías.',
  backtestSum: (before, after) => `${before} anomalías ahora, ${after} después`,
  backtestOf: (when) => `En el inventario del ${when}`,
  appear: 'aparecen',
  vanish: 'desaparecen',
  stay: 'siguen',
  inventory: 'Inventario',
  before: 'Ahora',
  after: 'Después',
  appearTitle: 'Aparecen',
  vanishTitle: 'Desaparecen',
  firstAppear: (names) => `Aparecen: ${names}`,
  firstVanish: (names) => `Desaparecen: ${names}`,
  notEvaluated: (needs) => `no se pudo comprobar: necesita ${needs}`,
  leftOut: (count) =>
    plural(count, {
      one: 'Se dejó fuera # inventario, porque ya no se conservan sus existencias.',
      other: 'Se dejaron fuera # inventarios, porque ya no se conservan sus existencias.',
    }),
  suggestion: 'Sugerencia',
  suggestionNow: (limit) => `Ahora el límite es ${limit}.`,
  suggested: (limit) => `Sugerencia: ${limit}`,
  suggestionReason: ({ pallets, snapshots, limit, share, withheld }: SuggestionFacts) => {
    const seen = `Esta regla juzgó ${pallets} palés en ${plural(snapshots, {
      one: 'el último inventario',
      other: 'los últimos # inventarios',
    })}.`;
    switch (withheld) {
      case 'too_few':
        return `${seen} Para sugerir un límite hacen falta al menos 50 palés.`;
      case 'too_many':
        return `${seen} Ningún límite admisible dejaría en paz al 95 %.`;
      case 'nothing':
        return `${seen} El límite más estricto que dejaría en paz al 95 % no avisaría de nada de lo que ahora se avisa; mira primero esos casos.`;
      case null:
        return `${seen} El ${share} cumple un límite de ${limit}.`;
    }
  },
  suggestionEffect: (now, then) => `${now} anomalías ahora, ${then} con ella.`,
  suggestionSame: 'Es el límite que ya vale.',
  takeSuggestion: 'Llevarla al formulario',
  proposals: 'Lo que sugieren las respuestas',
  proposalsNone:
    'Nada por ahora. Hacen falta tres anomalías de un mismo tipo, resueltas casi todas como falsa alarma o como aceptadas.',
  proposalsFull: 'No se puede añadir nada: esta regla ya excluye tantos patrones como le caben.',
  proposalsUnread: (count, real) =>
    plural(count, {
      one: `No se conoce entera la descripción de # anomalía juzgada (dadas por reales: ${real}); una palabra podría excluirla también.`,
      other: `No se conocen enteras las descripciones de # anomalías juzgadas (dadas por reales: ${real}); una palabra podría excluirlas también.`,
    }),
  proposalsExcluded: (count) =>
    plural(count, {
      one: 'Los ajustes ya excluyen # anomalía juzgada.',
      other: 'Los ajustes ya excluyen # anomalías juzgadas.',
    }),
  proposalsCut: (reports, examined) =>
    plural(reports, {
      one: `De # informe solo se miraron las primeras ${examined} anomalías resueltas.`,
      other: `De # informes solo se miraron las primeras ${examined} anomalías resueltas de cada uno.`,
    }),
  proposal: {
    descriptions: (text) => `¿Excluir las descripciones con «${text}»?`,
    locations: (text) => `¿Excluir las ubicaciones ${text}?`,
    pallets: (text) => `¿Excluir los palés ${text}?`,
  },
  proposalVerdicts: (unwanted, judged) =>
    `${unwanted} de ${judged} anomalías juzgadas de este tipo eran falsas alarmas o se aceptaron.`,
  proposalExamples: (names) => `Por ejemplo: ${names}`,
  proposalReal: (count, names) =>
    plural(count, {
      one: `Tampoco se encontraría # dada por real: ${names}`,
      other: `Tampoco se encontrarían # dadas por reales: ${names}`,
    }),
  proposalApply: 'Aplicar',
  proposalUnsaved: 'Guarda o descarta antes los cambios del formulario.',
  precisionTitle: 'Cuántas veces acertó',
  precisionNone: 'Nadie ha dicho aún, al resolver sus anomalías, si eran reales.',
  precisionLead: 'Según los motivos dados al resolver sus anomalías, en los últimos 20 informes.',
  right: (share) => `${share} de aciertos`,
  rightOf: (share, judged) => `${share} de ${judged}`,
  reason: {
    real: 'Real',
    accepted: 'Aceptada',
    false_positive: 'Falsa alarma',
    data_error: 'Error del archivo',
  },
  versions: 'Versiones',
  noVersions: 'Nadie ha cambiado esta regla; valen los valores predeterminados.',
  version: (number) => `Versión ${number}`,
  versionBy: (who, when) => `${who}, ${when}`,
  wasReset: 'Vuelta a lo predeterminado',
  wasOff: 'Desactivada',
  takeVersion: 'Llevar al formulario',
  costs: {
    title: 'Lo que cuestan las anomalías',
    lead: 'Los precios con que calcula tu almacén. Ponen primero las anomalías más caras, y los informes los suman.',
    prices: 'Precios',
    currency: 'Moneda',
    currencyHint: 'Tres letras, como EUR, USD o MXN',
    badCurrency: 'Tres letras mayúsculas.',
    pallet_hour: 'El sitio de un palé, por hora',
    handling_minute: 'El trabajo, por minuto',
    pallet_value: 'La mercancía de un palé',
    byRule: 'Por regla',
    formula: 'Fórmula',
    minutes: 'Minutos por palé',
    share: 'Parte del valor perdida',
    minutesOf: (title) => `Minutos por palé: ${title}`,
    shareOf: (title) => `Parte del valor perdida, en tanto por ciento: ${title}`,
    number: (low, high) => `De ${low} a ${high}`,
    term: {
      pallets: 'palés',
      hours: 'horas',
      pallet_hour: 'precio del sitio por hora',
      minutes: 'minutos',
      handling_minute: 'precio del minuto',
      share: 'parte perdida',
      pallet_value: 'valor de un palé',
    },
    saved: 'Guardado. Vale a partir del próximo análisis.',
    changedBy: (who, when) => `Última modificación: ${who}, ${when}.`,
    never: 'Nadie los ha cambiado todavía: son los predeterminados.',
    reset: 'Volver a lo predeterminado',
  },
});
