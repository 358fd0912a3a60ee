export interface Opinion {
  readonly id: string;
  readonly body: string;
  readonly product: string;
  readonly author: string;
}

const names = ['Rosa Millán', 'Elías Contreras', 'Inés Arrau', 'Tomás Huenul', 'Clara Vidal', 'Bruno Paredes'];

export const people = names.map((name, index) => ({
  id: `${index + 1}`,
  name,
  username: name.toLowerCase().split(' ').join('.'),
}));

const goods: readonly (readonly [string, number, number])[] = [
  ['Workbench', 899, 100],
  ['Hose reel', 1_299, 1_000],
  ['Valve', 15, 20],
  ['Stool', 499, 100],
  ['Display', 1_299, 1_000],
  ['Floodlight', 6_999, 300],
  ['Burner', 3_999, 2_000],
  ['Cold store', 100_000, 6_000],
  ['Gangway', 9_999, 800],
];

export const items = goods.map(([name, price, weight], index) => ({ upc: `${index + 1}`, name, price, weight }));

const remarks = [
  'It arrived on the day that was promised and fitted the old frame without a new bolt.',
  'After a winter in the open the paint had not moved, though the hinges wanted grease.',
  'The manual is short and clear; two of us had it standing before lunch.',
  'We bought a second one for the other shed within the month.',
  'One seal was missing from the box, and a spare came by post two days later.',
  'It is heavier than it looks, so bring a trolley.',
];

/** For which product each was written, and about how long it is: four for each of two products, and a few more. */
const written: readonly (readonly [string, number])[] = [
  ['1', 446],
  ['1', 292],
  ['1', 276],
  ['1', 140],
  ['2', 446],
  ['2', 292],
  ['2', 276],
  ['2', 140],
  ['3', 140],
  ['4', 140],
  ['4', 870],
];

/** As in the public data, one person wrote all of them. */
export const opinions: readonly Opinion[] = written.map(([product, length], index) => ({
  id: `${index + 1}`,
  body: wordsOf(length, index),
  product,
  author: '1',
}));

function wordsOf(length: number, start: number): string {
  let text = '';
  for (let index = start; text.length < length; index += 1) text += `${remarks[index % remarks.length]} `;
  return text.slice(0, length).trim();
}
