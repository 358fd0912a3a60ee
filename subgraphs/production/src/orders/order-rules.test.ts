import { describe, expect, it } from 'vitest';
import { brokenRules, type OrderState } from './order-rules.ts';

const now = new Date('2026-11-20T12:00:00Z');
const good: OrderState = {
  producedAt: new Date('2026-11-20T08:00:00Z'),
  plannedTons: 20,
  producedTons: 19.5,
  cancelledTons: 0,
  isDispatched: true,
};
const every = new Set(['producedAtLocal', 'plannedTons', 'producedTons', 'cancelledTons', 'isDispatched']);

describe('brokenRules', () => {
  it('finds nothing wrong with an ordinary order', () => {
    expect(brokenRules(good, every, now)).toEqual([]);
  });

  it.each([
    [{ producedAt: new Date('2026-11-22T00:00:00Z') }, 'producedAtLocal'],
    [{ cancelledTons: 20.01 }, 'cancelledTons'],
    [{ producedTons: 195 }, 'producedTons'],
    [{ producedTons: null }, 'producedTons'],
  ] as const)('refuses %j at its field', (change, path) => {
    expect(brokenRules({ ...good, ...change }, every, now).map((failure) => failure.path)).toEqual([path]);
  });

  it('lets a bad row of the source be put right one field at a time', () => {
    const bad = { ...good, plannedTons: 0 };
    expect(brokenRules(bad, new Set(['qaHardness']), now)).toEqual([]);
    expect(brokenRules(bad, new Set(['producedTons']), now)).toHaveLength(1);
  });
});
