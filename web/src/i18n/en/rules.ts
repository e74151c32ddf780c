/** What each rule is called and why it matters, by its code. */
export const rules: Record<string, { title: string; why: string }> = {
  'lot-straggler': {
    title: 'Lot straggler',
    why: 'The rest of the lot is put away; this pallet was left behind on the dock.',
  },
  'missing-location': {
    title: 'Missing location',
    why: 'A pallet without a location cannot be picked, counted or found.',
  },
  'cold-chain': {
    title: 'Cold chain broken',
    why: 'Chilled or frozen goods stand in a warm zone and spoil.',
  },
  'stagnant-pallet': {
    title: 'Stagnant pallet',
    why: 'Goods left on the receiving dock block it, and are the first to be lost.',
  },
  'stuck-in-transit': {
    title: 'Stuck in transit',
    why: 'Aisles and transfer points are for passing through; what stays there is forgotten.',
  },
  overcapacity: {
    title: 'Overcapacity',
    why: 'More pallets than fit: some of them stand elsewhere, or on top of each other.',
  },
  'unknown-location': {
    title: 'Unknown location',
    why: 'The layout has no such place: a typing error, or a place nobody manages.',
  },
  expired: { title: 'Expired', why: 'Past its date: it must not be shipped.' },
  'expiring-soon': {
    title: 'Expiring soon',
    why: 'Move it while it can still be sold.',
  },
  'duplicate-pallet': {
    title: 'Duplicate pallet',
    why: 'One pallet number stands in several rows: it was scanned twice, or two pallets share it.',
  },
  'impossible-location': {
    title: 'Impossible location',
    why: 'No location code looks like this: a remark or a slip of the scanner.',
  },
  'future-date': {
    title: 'Date in the future',
    why: 'It was received after the snapshot was taken: a clock or the entry is wrong.',
  },
  'location-type-mismatch': {
    title: 'Location type mismatch',
    why: 'The file and the layout disagree about what the location is for.',
  },
  'product-location': {
    title: 'Product in the wrong location',
    why: 'The location is reserved for other goods.',
  },
  'quantity-sign': {
    title: 'Impossible quantity',
    why: 'A pallet holds something, and a number of it.',
  },
  'gs1-check-digit': {
    title: 'Wrong check digit',
    why: 'A digit was mistyped; the number belongs to something else, or to nothing.',
  },
  'dwell-outlier': {
    title: 'Unusual dwell',
    why: 'It has been there far longer than is usual for such a place.',
  },
  'quantity-outlier': {
    title: 'Unusual quantity',
    why: 'Far from what is usual for this product: a typing error, or a wrong unit.',
  },
};
