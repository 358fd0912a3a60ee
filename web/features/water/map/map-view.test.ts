import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawnAt, seenAt, wholeView, zoomedTo } from './map-view.ts';

const size = { width: 800, height: 500 };
const coordinate = fc.double({ min: -2_000, max: 2_000, noNaN: true });
const spot = fc.record({ x: coordinate, y: coordinate });
const view = fc.record({ zoom: fc.double({ min: 1 / 32, max: 64, noNaN: true }), x: coordinate, y: coordinate });

it('finds under a finger what it shows there, from however near', () => {
  fc.assert(
    fc.property(spot, view, (one, look) => {
      const { x, y } = drawnAt(seenAt(one, look, size), look, size);
      expect(x).toBeCloseTo(one.x, 3);
      expect(y).toBeCloseTo(one.y, 3);
    }),
  );
  expect(seenAt({ x: 3, y: 4 }, wholeView, size)).toEqual({ x: 3, y: 4 });
});

it('goes nearer with what was pointed at in the middle', () => {
  fc.assert(
    fc.property(spot, view, fc.double({ min: 1, max: 64, noNaN: true }), (one, look, zoom) => {
      const nearer = zoomedTo(look, zoom, seenAt(one, look, size), size);
      const { x, y } = seenAt(one, nearer, size);
      expect(x).toBeCloseTo(400, 3);
      expect(y).toBeCloseTo(250, 3);
    }),
  );
});
