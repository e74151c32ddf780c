import { lazyWords } from './lazy';

/** What is asked about goods of which nobody knows whether they must stay cold. */
export const useGoodsInDoubtWords = lazyWords({
  en: async () => (await import('./en/goods-in-doubt')).goodsInDoubt,
  es: async () => (await import('./es/goods-in-doubt')).goodsInDoubt,
});
