import { Prisma } from '@cauce/prisma/client';
import { describe, expect, it } from 'vitest';
import type { PointEntry, VariableVersion } from '../intake/point-directory.ts';
import { deriveMeasurement } from './derive-measurement.ts';

const now = new Date('2026-11-20T12:00:00Z');
const at = new Date('2026-11-20T11:55:00Z');
const one = new Prisma.Decimal(1);

function version(given: Partial<VariableVersion> & Pick<VariableVersion, 'variable'>): VariableVersion {
  return {
    id: `${given.variable}-1`,
    unit: 'm',
    validFrom: new Date('2020-01-01T00:00:00Z'),
    pulsesPerLiter: null,
    litersPerPulse: null,
    calibrationFactor: one,
    offset: new Prisma.Decimal(0),
    minValue: null,
    maxValue: null,
    maxFlowLps: null,
    ...given,
  };
}

const point: PointEntry = {
  id: 'p',
  code: 'P',
  siteId: 's',
  companyId: 'c',
  sourceId: 'd',
  samplingMinutes: 5,
  meter: { capacityM3: null, changes: [] },
  channels: new Map([
    ['level', { variable: 'LEVEL', isPulses: false, multiplier: one }],
    ['ai1', { variable: 'FLOW', isPulses: false, multiplier: new Prisma.Decimal('0.01') }],
    ['pulses', { variable: 'TOTAL', isPulses: true, multiplier: one }],
    ['ph', { variable: 'PH', isPulses: false, multiplier: one }],
  ]),
  versions: [
    version({ variable: 'LEVEL', minValue: 0, maxValue: 90 }),
    version({
      variable: 'FLOW',
      unit: 'l/s',
      calibrationFactor: new Prisma.Decimal('1.5'),
      offset: new Prisma.Decimal('-0.25'),
    }),
    version({ variable: 'TOTAL', unit: 'm3', litersPerPulse: new Prisma.Decimal(100) }),
    version({
      variable: 'TOTAL',
      id: 'TOTAL-2',
      unit: 'm3',
      pulsesPerLiter: one,
      validFrom: new Date('2026-11-20T11:00:00Z'),
    }),
  ],
};

const derive = (channel: string, value: number | null, measuredAt = at) =>
  deriveMeasurement(point, { channel, value, text: null }, measuredAt, now);

describe('deriveMeasurement', () => {
  it('makes nothing of a number that no water has, which no sum of an hour could hold', () => {
    for (const absurd of [1e12, -1e12, 1e308]) expect(derive('level', absurd)).toBeNull();
    expect(derive('pulses', 1e16)).toBeNull();
    expect(derive('level', 9e11)).toMatchObject({ value: 9e11, quality: 'SUSPECT' });
  });

  it('passes a value in its unit', () => {
    expect(derive('level', 31.2)).toMatchObject({
      variable: 'LEVEL',
      value: 31.2,
      rawValue: 31.2,
      unit: 'm',
      quality: 'GOOD',
      flags: [],
    });
  });

  it('scales by the channel, then calibrates and shifts, in exact decimals', () => {
    expect(derive('ai1', 1_230)).toMatchObject({ variable: 'FLOW', value: 18.2, rawValue: 1_230 });
  });

  it('counts pulses with the version of the constants that held at the time, the first one for what is older', () => {
    expect(derive('pulses', 1_000)).toMatchObject({ value: 1, constantsId: 'TOTAL-2' });
    expect(derive('pulses', 1_000, new Date('2026-11-20T10:59:59Z'))).toMatchObject({
      value: 100,
      constantsId: 'TOTAL-1',
    });
    expect(derive('pulses', 1_000, new Date('2019-01-01T00:00:00Z'))).toMatchObject({
      value: 100,
      constantsId: 'TOTAL-1',
    });
  });

  it.each([
    ['below the range', -0.1],
    ['above the range', 90.1],
  ])('marks a value %s, and leaves it as it is', (_name, value) => {
    expect(derive('level', value)).toMatchObject({ value, quality: 'SUSPECT', flags: ['OUT_OF_RANGE'] });
  });

  it('holds what a clock more than a day ahead has measured, and takes a clock that is less than that ahead', () => {
    expect(derive('level', 5, new Date('2026-11-21T12:00:00.001Z'))).toMatchObject({
      quality: 'HELD',
      flags: ['CLOCK_AHEAD'],
    });
    expect(derive('level', 5, new Date('2026-11-21T12:00:00Z'))).toMatchObject({ quality: 'GOOD' });
  });

  it.each([
    ['an unmapped channel', 'battery', 3.6],
    ['text', 'level', null],
    ['a quantity that the point does not have', 'ph', 7],
  ])('makes no measurement of %s', (_name, channel, value) => {
    expect(derive(channel, value)).toBeNull();
  });
});
