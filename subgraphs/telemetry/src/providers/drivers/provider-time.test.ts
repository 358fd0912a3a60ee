import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProviderTimeFormat, readTime, writeTime } from './provider-time.ts';

const santiago = 'America/Santiago';

describe('times as providers write them', () => {
  it('come back as the same second, in every format and zone, but for the hour that a clock change repeats', () => {
    const formats = fc.constantFrom<ProviderTimeFormat>('ISO', 'LOCAL', 'EPOCH_S', 'EPOCH_MS', 'COMPACT');
    const zones = fc.constantFrom('UTC', santiago, 'America/Sao_Paulo', 'Asia/Kathmandu');
    const seconds = fc.integer({ min: Date.UTC(2020, 0) / 1_000, max: Date.UTC(2030, 0) / 1_000 });
    fc.assert(
      fc.property(formats, zones, seconds, (format, zone, at) => {
        const back =
          readTime(writeTime(new Date(at * 1_000), { format, zone }), { format, zone })?.getTime() ?? Number.NaN;
        expect([at * 1_000, at * 1_000 - 3_600_000]).toContain(back);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['2026-01-01 10:00:00', '2026-01-01T13:00:00.000Z'],
    ['2026-07-01T10:00', '2026-07-01T14:00:00.000Z'],
    // Repeated on the fourth of April: the first of the two.
    ['2026-04-04 23:30:00', '2026-04-05T02:30:00.000Z'],
  ])('%s on the wall in Santiago is %s', (wall, instant) => {
    expect(readTime(wall, { format: 'LOCAL', zone: santiago })?.toISOString()).toBe(instant);
  });

  it.each([
    ['ISO', '2026-01-01T10:00:00'],
    ['ISO', 'yesterday'],
    ['LOCAL', '2026-02-30 10:00:00'],
    ['LOCAL', '2026-01-01T10:00:00Z'],
    ['EPOCH_MS', 'NaN'],
    ['EPOCH_S', 9e15],
    ['COMPACT', 20260101100000],
  ] as const)('%s takes no %s: a time that has to be guessed is none', (format, value) => {
    expect(readTime(value, { format, zone: 'UTC' })).toBeNull();
  });
});
