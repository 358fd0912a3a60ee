import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DevicePlace, deviceState, volumeBetween } from './device-shape.ts';

const well: DevicePlace = { code: 'POZO-1', nominalLps: 40, isPumped: true, levelM: 30, levelSwingM: 2 };
const start = Date.parse('2026-11-20T00:00:00Z');
const instant = fc.integer({ min: 0, max: 30 * 86_400_000 }).map((ms) => new Date(start + ms));

describe('deviceState', () => {
  it('is the same for the same place and instant, and another for another place', () => {
    const at = new Date(start);
    expect(deviceState(well, at)).toEqual(deviceState({ ...well }, at));
    expect(deviceState(well, at)).not.toEqual(deviceState({ ...well, code: 'POZO-2' }, at));
  });

  it('stays within what its place can give', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const { flow, level, ph, turbidity } = deviceState(well, at);
        expect(flow === 0 || (flow > 30 && flow < 45)).toBe(true);
        expect(Math.abs(level - well.levelM)).toBeLessThan(2.5);
        expect(ph > 7 && ph < 8 && turbidity >= 0).toBe(true);
      }),
    );
  });

  it('pumps in turns, and lets a river run', () => {
    const flows = Array.from({ length: 200 }, (_, index) => new Date(start + index * 20 * 60_000));
    const pumped = flows.map((at) => deviceState(well, at).flow);
    expect(pumped.some((flow) => flow === 0) && pumped.some((flow) => flow > 0)).toBe(true);
    expect(flows.every((at) => deviceState({ ...well, isPumped: false }, at).flow > 0)).toBe(true);
  });
});

describe('volumeBetween', () => {
  it('never runs backwards, is nothing over no time, and close to the flow while the pump runs on', () => {
    expect(volumeBetween(well, new Date(start), new Date(start))).toBe(0);
    expect(volumeBetween(well, new Date(start + 1), new Date(start))).toBe(0);
    const river = { ...well, isPumped: false };
    const hour = volumeBetween(river, new Date(start), new Date(start + 3_600_000));
    expect(hour).toBeGreaterThan(0.8 * 40 * 3.6);
    expect(hour).toBeLessThan(1.05 * 40 * 3.6);
  });
});
