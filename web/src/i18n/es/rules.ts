import type { Messages } from '../messages';

export const rules: Messages['rules'] = {
  'lot-straggler': {
    title: 'Rezagado de su lote',
    why: 'El resto del lote ya está almacenado; este palé se quedó en el muelle.',
  },
  'missing-location': {
    title: 'Sin ubicación',
    why: 'Un palé sin ubicación no se puede preparar, contar ni encontrar.',
  },
  'cold-chain': {
    title: 'Cadena de frío rota',
    why: 'La mercancía está en una zona de otra temperatura que la que necesita, y se estropea.',
  },
  'stagnant-pallet': {
    title: 'Palé parado en recepción',
    why: 'Lo que se queda en recepción la bloquea, y es lo primero que se pierde.',
  },
  'stuck-in-transit': {
    title: 'Parado en tránsito',
    why: 'Pasillos y puntos de traspaso son de paso; lo que se queda allí se olvida.',
  },
  'quarantine-dwell': {
    title: 'Olvidado en cuarentena',
    why: 'Lo que está en cuarentena espera una decisión; mientras nadie la toma, envejece y ocupa sitio.',
  },
  'shipping-dwell': {
    title: 'Sin expedir',
    why: 'Lo que sigue donde sale la mercancía no se cargó: un cliente espera, o el sistema cree que ya no está.',
  },
  'dock-dwell': {
    title: 'Olvidado en el muelle',
    why: 'Un palé en un muelle se está cargando o descargando; el que se queda se ha olvidado, y estorba.',
  },
  'staging-dwell': {
    title: 'Olvidado en preparación',
    why: 'Lo preparado que nadie recoge ocupa el sitio del siguiente pedido.',
  },
  'lot-expiry-conflict': {
    title: 'Caducidades distintas en un lote',
    why: 'Lo de un mismo lote caduca el mismo día; una segunda fecha es un error, y se venderá.',
  },
  'mixed-location': {
    title: 'Ubicación mezclada',
    why: 'Donde se espera un solo artículo o lote, lo que está detrás se recoge por error o nunca.',
  },
  overcapacity: {
    title: 'Exceso de capacidad',
    why: 'Hay más palés de los que caben: alguno está en otro sitio, o encima de otro.',
  },
  'unknown-location': {
    title: 'Ubicación desconocida',
    why: 'El plano no tiene ese lugar: un error al escribir, o un sitio que nadie gestiona.',
  },
  expired: { title: 'Caducado', why: 'Ha pasado su fecha: no debe salir.' },
  'expiring-soon': { title: 'Caduca pronto', why: 'Muévelo mientras aún se puede vender.' },
  'duplicate-pallet': {
    title: 'Palé duplicado',
    why: 'El mismo número está en dos sitios o repite una línea: se leyó dos veces, o lo comparten dos palés.',
  },
  'impossible-location': {
    title: 'Ubicación imposible',
    why: 'Ningún código de ubicación es así: una nota o un fallo del lector.',
  },
  'future-date': {
    title: 'Fecha futura',
    why: 'Se recibió después del inventario: un reloj o el dato están mal.',
  },
  'unknown-product': {
    title: 'Producto desconocido',
    why: 'Ningún artículo del catálogo tiene ese código: nadie encontrará esa mercancía.',
  },
  'inactive-product': {
    title: 'Producto archivado con existencias',
    why: 'Lo que ya no se vende ocupa sitio hasta que alguien lo devuelve, lo liquida o lo tira.',
  },
  'unit-mismatch': {
    title: 'Unidad que no corresponde',
    why: 'La unidad mide otra cosa que la del artículo; las sumas del producto salen mal.',
  },
  'shelf-life-impossible': {
    title: 'Caducidad imposible',
    why: 'La fecha está más lejos de lo que dura el producto: un error al teclear.',
  },
  'lot-missing': {
    title: 'Falta el lote',
    why: 'Sin lote no se puede retirar del mercado ni vender por orden de caducidad.',
  },
  'gtin-sku-mismatch': {
    title: 'GTIN de otro producto',
    why: 'El escáner lee un producto y las personas otro: alguien cogerá lo que no es.',
  },
  'location-type-mismatch': {
    title: 'Tipo de ubicación distinto',
    why: 'El archivo y el plano no coinciden en para qué es la ubicación.',
  },
  'product-location': {
    title: 'Producto en lugar equivocado',
    why: 'La ubicación está reservada para otra mercancía.',
  },
  'quantity-sign': {
    title: 'Cantidad imposible',
    why: 'Un palé contiene algo, y en cierto número.',
  },
  'gs1-check-digit': {
    title: 'Dígito de control erróneo',
    why: 'Se escribió mal una cifra; el número es de otra cosa, o de ninguna.',
  },
  'dwell-outlier': {
    title: 'Estancia inusual',
    why: 'Lleva allí mucho más de lo habitual en un lugar así.',
  },
  'quantity-outlier': {
    title: 'Cantidad inusual',
    why: 'Muy por encima de lo habitual en este producto: un error al escribir o de unidad.',
  },
};
