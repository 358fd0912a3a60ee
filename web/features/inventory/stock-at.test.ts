import { describe, expect, it } from 'vitest';
import { stockAt } from './stock-at.ts';

const level = (site: string | null, onHand: string, minimum = '0') => ({
  onHand,
  minimum,
  isBelowMinimum: Number(onHand) < Number(minimum),
  site: site === null ? null : { id: site },
});

describe('stock at a site', () => {
  it('adds the warehouses of the site and keeps the others apart', () => {
    const levels = [level('norte', '0.1', '1'), level('norte', '0.2'), level('sur', '7'), level(null, '2')];
    expect(stockAt(levels, 'norte')).toEqual({ onHand: 0.3, minimum: 1, elsewhere: 9, state: 'belowMinimum' });
  });
  it('does not call the stock of another site low here', () => {
    expect(stockAt([level('norte', '5', '2'), level('sur', '0', '3')], 'norte').state).toBe('enough');
  });
  it('says that less than nothing is wrong, even when another warehouse makes up for it', () => {
    expect(stockAt([level('norte', '-2'), level('norte', '9')], 'norte')).toMatchObject({
      onHand: 7,
      state: 'negative',
    });
  });
  it('tells not stocked from none left', () => {
    expect(stockAt([level('sur', '4')], 'norte')).toEqual({
      onHand: null,
      minimum: null,
      elsewhere: 4,
      state: 'notStocked',
    });
    expect(stockAt([level('norte', '0')], 'norte')).toMatchObject({ onHand: 0, elsewhere: null, state: 'enough' });
  });
});
