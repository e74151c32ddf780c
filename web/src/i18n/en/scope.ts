import type { Plural } from '../plural';

/** Whether a file is a whole warehouse or a part of it. */
export const scope = (plural: Plural) => ({
  scope: {
    title: 'Is this the whole warehouse?',
    lead: (file: string, warehouse: string) =>
      `${file} has much less than the last inventory of ${warehouse}. Nothing has been changed yet.`,
    compared: 'This file beside the last inventory',
    thisFile: 'This file',
    lastSnapshot: 'Last whole inventory',
    rows: 'Rows',
    pallets: 'Pallets',
    known: 'Pallets that are in both',
    ofThem: (count: string) => `of ${count}`,
    moment: 'Date and time',
    question: 'What does the file hold?',
    whole: (warehouse: string) => `All of ${warehouse}`,
    wholeHint: 'What is not in the file is gone: its open anomalies are resolved.',
    part: 'Only a part of it',
    partHint: 'Only what the file covers changes. Everything else stays open.',
    other: 'Another warehouse',
    otherHint: 'It was sent to the wrong one: nothing changes here.',
    which: 'Which warehouse?',
    choose: 'Choose one',
    noOther: 'There is no other warehouse that you may send to.',
    makeOne: 'Make one first.',
    first: 'Say what the file holds.',
    whichFirst: 'Choose the warehouse.',
    columns: 'Look at the columns',
    answer: 'Answer',
    isPart: 'Part of the warehouse',
    isWhole: 'Whole warehouse',
    saidBy: (name: string) => `said by ${name}`,
    holds: 'The file holds',
    asBefore: 'As it was',
    since: (count: number) =>
      plural(count, {
        one: 'Since then # part of the warehouse was sent, whose anomalies are in the list too:',
        other:
          'Since then # parts of the warehouse were sent, whose anomalies are in the list too:',
      }),
    limit: 'Ask about files below',
    limitHint:
      'of the rows or pallets of the last whole inventory: they may be a part of the warehouse. 0 never asks.',
  },
});
