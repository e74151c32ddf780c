import type { Plural } from '../plural';

export const goodsInDoubt = (plural: Plural) => {
  const pallets = (count: number) => plural(count, { one: '# pallet', other: '# pallets' });
  return {
    title: 'Goods in doubt',
    word: (text: string, goods: number, count: number, zones: string) =>
      `Goods named ${text}: ${plural(goods, { one: '# description', other: '# descriptions' })}, ${pallets(count)} in ${zones}. Must they stay cold?`,
    description: (text: string, count: number, zones: string) =>
      `${text}: ${pallets(count)} in ${zones}. Must they stay cold?`,
    examples: (names: string) => `For example: ${names}`,
    more: (count: number) =>
      plural(count, {
        one: '# more question comes once these are answered.',
        other: '# more questions come once these are answered.',
      }),
    answer: { must_stay_cold: 'They must stay cold', need_no_cold: 'They need no cold' },
    answered: {
      must_stay_cold: 'Answered: they must stay cold.',
      need_no_cold: 'Answered: they need no cold.',
    },
    fromNext: 'Answers hold from the next analysis on.',
    full: (answer: string, most: number) =>
      `“${answer}” holds ${most} answers already, as many as it can. Shorten the list in the settings first.`,
    settings: 'Settings of the rule',
    managers: (owner: string) =>
      `The managers of the warehouse and ${owner}, its owner, can answer.`,
    noWarehouse: 'Rules are set for each warehouse: put the report into one to answer.',
    notice: (count: number) =>
      plural(count, {
        one: '# question about goods in doubt',
        other: '# questions about goods in doubt',
      }),
  };
};

export type GoodsInDoubtWords = ReturnType<typeof goodsInDoubt>;
