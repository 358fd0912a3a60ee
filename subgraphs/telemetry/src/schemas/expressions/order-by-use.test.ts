import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByUse } from './order-by-use.ts';

const field = (name: string, ...uses: string[]) => ({
  name,
  uses: new Map(uses.map((used, index) => [used, { start: index * 10, end: index * 10 + 1 }])),
});

describe('orderByUse', () => {
  it('puts what others are made of first, whatever order they are given in', () => {
    const given = [field('c', 'b', 'a'), field('b', 'a'), field('a', 'flow')];
    expect(orderByUse(given).order.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(orderByUse([...given].reverse()).order.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('names the circle and the place that sets out on it, and not what only hangs on it', () => {
    const { order, circles } = orderByUse([field('a', 'flow', 'b'), field('b', 'a'), field('c', 'a'), field('d', 'd')]);
    expect(order).toEqual([]);
    expect(circles.get('a')).toEqual({ code: 'CYCLE', detail: 'a → b → a', start: 10, end: 11 });
    expect(circles.get('b')).toMatchObject({ detail: 'b → a → b', start: 0 });
    expect(circles.get('d')).toMatchObject({ detail: 'd → d' });
    expect([...circles.keys()]).toEqual(['a', 'b', 'd']);
  });

  it('orders every field after what it uses, or finds a circle', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const graphs = fc.dictionary(name, fc.uniqueArray(name, { maxLength: 3 }));
    fc.assert(
      fc.property(graphs, (graph) => {
        const { order, circles } = orderByUse(Object.entries(graph).map(([own, uses]) => field(own, ...uses)));
        const place = new Map(order.map(({ name: own }, index) => [own, index]));
        for (const { name: own, uses } of order) {
          for (const used of uses.keys()) {
            if (used in graph) expect(place.get(used) ?? Number.POSITIVE_INFINITY).toBeLessThan(place.get(own) ?? -1);
          }
        }
        expect(order.length === Object.keys(graph).length).toBe(circles.size === 0);
      }),
    );
  });
});
