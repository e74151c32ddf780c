import type { scope as english } from '../en/scope';
import type { Plural } from '../plural';

export const scope = (plural: Plural): ReturnType<typeof english> => ({
  scope: {
    title: '¿Es todo el almacén?',
    lead: (file, warehouse) =>
      `${file} tiene mucho menos que el último inventario de ${warehouse}. Todavía no se ha cambiado nada.`,
    compared: 'Este archivo junto al último inventario',
    thisFile: 'Este archivo',
    lastSnapshot: 'Último inventario completo',
    rows: 'Filas',
    pallets: 'Palés',
    known: 'Palés que están en ambos',
    ofThem: (count) => `de ${count}`,
    moment: 'Fecha y hora',
    question: '¿Qué contiene el archivo?',
    whole: (warehouse) => `Todo ${warehouse}`,
    wholeHint:
      'Lo que no está en el archivo ya no existe: sus anomalías abiertas quedan resueltas.',
    part: 'Solo una parte',
    partHint: 'Solo cambia lo que cubre el archivo. Todo lo demás sigue abierto.',
    other: 'Otro almacén',
    otherHint: 'Se envió al equivocado: aquí no cambia nada.',
    which: '¿Qué almacén?',
    choose: 'Elige uno',
    noOther: 'No hay otro almacén al que puedas enviar.',
    makeOne: 'Crea uno antes.',
    first: 'Indica qué contiene el archivo.',
    whichFirst: 'Elige el almacén.',
    columns: 'Ver las columnas',
    answer: 'Responder',
    isPart: 'Parte del almacén',
    isWhole: 'Almacén completo',
    saidBy: (name) => `según ${name}`,
    holds: 'El archivo contiene',
    asBefore: 'Como estaba',
    since: (count) =>
      plural(count, {
        one: 'Desde entonces se ha enviado # parte del almacén, cuyas anomalías también están en la lista:',
        other:
          'Desde entonces se han enviado # partes del almacén, cuyas anomalías también están en la lista:',
      }),
    limit: 'Preguntar por archivos con menos del',
    limitHint:
      'de las filas o palés del último inventario completo: pueden ser una parte del almacén. Con 0 no se pregunta nunca.',
  },
});
