import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterSpots, outline } from './cluster-spots.ts';
import { projectPlaces, scaleBar } from './project-points.ts';

const place = fc.record({
  latitude: fc.double({ min: -40, max: -25, noNaN: true }),
  longitude: fc.double({ min: -73, max: -68, noNaN: true }),
});
const frame = { width: 800, height: 500, pad: 40 };
const spot = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 400 }) });

describe('a map without tiles', () => {
  it('holds every place inside of its edges, with north up and east at the right', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (places) => {
        const { spotOf } = projectPlaces(places, frame);
        for (const { x, y } of places.map(spotOf)) {
          expect(x).toBeGreaterThanOrEqual(frame.pad - 1e-6);
          expect(x).toBeLessThanOrEqual(frame.width - frame.pad + 1e-6);
          expect(y).toBeGreaterThanOrEqual(frame.pad - 1e-6);
          expect(y).toBeLessThanOrEqual(frame.height - frame.pad + 1e-6);
        }
      }),
    );
    const { spotOf } = projectPlaces(
      [
        { latitude: -33, longitude: -71 },
        { latitude: -32, longitude: -70 },
      ],
      frame,
    );
    expect(spotOf({ latitude: -32, longitude: -70 }).y).toBeLessThan(spotOf({ latitude: -33, longitude: -70 }).y);
    expect(spotOf({ latitude: -32, longitude: -70 }).x).toBeGreaterThan(spotOf({ latitude: -32, longitude: -71 }).x);
  });
  it('has a round scale that fits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 5_000, noNaN: true }), (metresPerPx) => {
        const { metres, px } = scaleBar(metresPerPx, 120);
        expect(px).toBeLessThanOrEqual(120 + 1e-6);
        expect(px).toBeGreaterThan(40);
        expect(Number(metres.toExponential().slice(0, 1))).toBeOneOf([1, 2, 5]);
      }),
    );
  });
  it('gathers what would overlap, and keeps each point in one place', () => {
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 40 }), (spots) => {
        const clusters = clusterSpots(
          spots.map((one, item) => ({ item, spot: one })),
          30,
        );
        const items = clusters.flatMap((cluster) => cluster.items.map(({ item }) => item));
        expect(items.toSorted((a, b) => a - b)).toEqual(spots.map((_, index) => index));
        for (const one of clusters)
          for (const other of clusters)
            if (one !== other)
              expect(Math.hypot(one.spot.x - other.spot.x, one.spot.y - other.spot.y)).toBeGreaterThanOrEqual(30);
      }),
    );
  });
  it('draws an outline that holds every spot', () => {
    fc.assert(
      fc.property(fc.array(spot, { minLength: 3, maxLength: 30 }), (spots) => {
        const corners = outline(spots);
        for (const [index, one] of corners.entries()) {
          const next = corners[(index + 1) % corners.length] ?? one;
          for (const { x, y } of spots) {
            expect((next.x - one.x) * (y - one.y) - (next.y - one.y) * (x - one.x)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
