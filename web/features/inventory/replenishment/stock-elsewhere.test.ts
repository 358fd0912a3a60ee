import { expect, it } from 'vitest';
import { stockElsewhere } from './stock-elsewhere.ts';

const at = (site: string | null, onHand: string) => ({
  onHand,
  site: site === null ? null : { id: site, name: site.toUpperCase() },
});

it('what lies at other sites is summed over their warehouses, the most first, without what is owed or has no site', () => {
  const levels = [at('here', '3'), at('a', '0.1'), at('b', '7'), at('a', '0.2'), at('c', '-4'), at(null, '90')];
  expect(stockElsewhere(levels, 'here')).toEqual([
    { id: 'b', name: 'B', onHand: 7 },
    { id: 'a', name: 'A', onHand: 0.3 },
  ]);
  expect(stockElsewhere([at('here', '3'), at('d', '5'), at('d', '-5')], 'here')).toEqual([]);
});
