import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaultyLine, type DeviceSaying, type SimulatorScenario, simulatorScenarios } from './faulty-line.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const truth = (count: number): readonly DeviceSaying[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    ts: new Date(start + index * 60_000).toISOString(),
    values: { level: 30, pulses: 1_000 + index },
  }));

function play(scenario: SimulatorScenario, seed: string, said: readonly DeviceSaying[]): readonly DeviceSaying[] {
  const line = createFaultyLine(scenario, seed, new Set(['pulses']));
  const arrived = said.flatMap((saying) => line.pass(saying));
  return [...arrived, ...line.rest()];
}

const count = fc.integer({ min: 0, max: 300 });

describe('createFaultyLine', () => {
  it.each(simulatorScenarios)('%s is the same for the same seed', (scenario) => {
    fc.assert(
      fc.property(fc.string(), count, (seed, length) => {
        expect(play(scenario, seed, truth(length))).toEqual(play(scenario, seed, truth(length)));
      }),
      { numRuns: 20 },
    );
  });

  it.each(['LATE_BURST', 'DUPLICATES', 'OUT_OF_ORDER'] as const)(
    '%s brings everything that was said, and nothing else, whatever the seed',
    (scenario) => {
      fc.assert(
        fc.property(fc.string(), count, (seed, length) => {
          const said = truth(length);
          const arrived = new Map(play(scenario, seed, said).map((saying) => [saying.id, saying]));
          expect(said.map(({ id }) => arrived.get(id))).toEqual(said);
          expect(arrived.size).toBe(said.length);
        }),
      );
    },
  );

  it('goes wrong in the way that it is told to', () => {
    const said = truth(300);
    expect(play('STEADY', 'a', said)).toEqual(said);
    expect(play('OUTAGE', 'a', said).length).toBeLessThan(300);
    expect(play('DUPLICATES', 'a', said).length).toBeGreaterThan(300);
    const times = play('OUT_OF_ORDER', 'a', said).map(({ ts }) => ts);
    expect(times).not.toEqual(times.toSorted());
    const counts = play('COUNTER_RESET', 'a', said).map(({ values }) => values.pulses ?? 0);
    expect(counts.filter((value, index) => value < (counts[index - 1] ?? 0)).length).toBeGreaterThan(2);
    expect(play('DRIFT', 'a', said).at(-1)?.values.level).toBeGreaterThan(31);
    expect(play('BAD_CLOCK', 'a', said).filter(({ ts }, index) => ts !== said[index]?.ts).length).toBeGreaterThan(20);
  });
});
