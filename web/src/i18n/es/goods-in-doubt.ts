import type { GoodsInDoubtWords } from '../en/goods-in-doubt';
import type { Plural } from '../plural';

export const goodsInDoubt = (plural: Plural): GoodsInDoubtWords => {
  const pallets = (count: number) => plural(count, { one: '# palé', other: '# palés' });
  return {
    title: 'Productos en duda',
    word: (text, goods, count, zones) =>
      `Productos llamados ${text}: ${plural(goods, { one: '# descripción', other: '# descripciones' })}, ${pallets(count)} en ${zones}. ¿Deben seguir fríos?`,
    description: (text, count, zones) =>
      `${text}: ${pallets(count)} en ${zones}. ¿Debe seguir frío?`,
    examples: (names) => `Por ejemplo: ${names}`,
    more: (count) =>
      plural(count, {
        one: 'Queda # pregunta para cuando se respondan estas.',
        other: 'Quedan # preguntas para cuando se respondan estas.',
      }),
    answer: { must_stay_cold: 'Deben seguir fríos', need_no_cold: 'No necesitan frío' },
    answered: {
      must_stay_cold: 'Respondido: deben seguir fríos.',
      need_no_cold: 'Respondido: no necesitan frío.',
    },
    fromNext: 'Las respuestas valen desde el próximo análisis.',
    full: (answer, most) =>
      `«${answer}» ya tiene ${most} respuestas, las que caben. Acorta antes la lista en los ajustes.`,
    settings: 'Ajustes de la regla',
    managers: (owner) => `Pueden responder los encargados del almacén y ${owner}, su propietario.`,
    noWarehouse: 'Las reglas se fijan en cada almacén: pon el informe en uno para poder responder.',
    notice: (count) =>
      plural(count, {
        one: '# pregunta sobre productos en duda',
        other: '# preguntas sobre productos en duda',
      }),
  };
};
