import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparkplugMetric } from './decode-payload.ts';
import { createEdgeNodes, type EdgeMessage } from './edge-nodes.ts';

const metric = (given: Partial<SparkplugMetric>): SparkplugMetric => ({
  name: null,
  alias: null,
  timestampMs: null,
  value: 1,
  ...given,
});
const message = (
  type: EdgeMessage['type'],
  seq: number | null,
  metrics: readonly SparkplugMetric[] = [],
  device: string | null = type.startsWith('D') ? 'meter' : null,
): EdgeMessage => ({ group: 'g', edge: 'e', device, type, payload: { timestampMs: 1, seq, metrics } });

const bdSeq = (value: number) => metric({ name: 'bdSeq', value });
const nodeBirth = (birth = 0) => message('NBIRTH', 0, [bdSeq(birth), metric({ name: 'load', alias: '1', value: 5 })]);
const deviceBirth = message('DBIRTH', 1, [metric({ name: 'pulses', alias: '2', value: 10 })]);
const data = (seq: number, value = 11) => message('DDATA', seq, [metric({ alias: '2', value })]);
const valuesOf = ({ values }: { values: readonly { name: string; value: unknown }[] }) =>
  values.map(({ name, value }) => [name, value]);

function born() {
  const nodes = createEdgeNodes();
  nodes.take(nodeBirth());
  nodes.take(deviceBirth);
  return nodes;
}

describe('an edge node', () => {
  it('tells its values with its birth, and later by their aliases', () => {
    const nodes = createEdgeNodes();
    expect(valuesOf(nodes.take(nodeBirth()))).toEqual([['load', 5]]);
    expect(valuesOf(nodes.take(deviceBirth))).toEqual([['pulses', 10]]);
    expect(nodes.take(data(2))).toEqual({
      values: [{ name: 'pulses', timestampMs: null, value: 11 }],
      nameless: [],
      needsRebirth: false,
    });
  });

  it('that speaks before its birth is not understood, and asked to be born', () => {
    expect(createEdgeNodes().take(data(7))).toMatchObject({
      values: [],
      nameless: [{ alias: '2' }],
      needsRebirth: true,
    });
  });

  it('is asked to be born again after a gap; until then only what carries its name is taken', () => {
    const nodes = born();
    expect(nodes.take(data(4))).toMatchObject({ values: [], nameless: [{ alias: '2' }], needsRebirth: true });
    const spoken = message('DDATA', 5, [metric({ name: 'pulses', value: 12 })]);
    expect(nodes.take(spoken)).toMatchObject({ values: [{ name: 'pulses', value: 12 }], needsRebirth: false });
    nodes.take(nodeBirth(1));
    nodes.take(deviceBirth);
    expect(valuesOf(nodes.take(data(2)))).toEqual([['pulses', 11]]);
  });

  it('dies by the death of its own birth, not by that of an earlier one', () => {
    const nodes = createEdgeNodes();
    nodes.take(nodeBirth(8));
    nodes.take(deviceBirth);
    nodes.take(message('NDEATH', null, [bdSeq(7)]));
    expect(valuesOf(nodes.take(data(2)))).toEqual([['pulses', 11]]);
    nodes.take(message('NDEATH', null, [bdSeq(8)]));
    expect(nodes.take(data(3)).needsRebirth).toBe(true);
  });

  it('whose device died is not understood about it until the device is born again', () => {
    const nodes = born();
    nodes.take(message('DDEATH', 2));
    expect(nodes.take(data(3))).toMatchObject({ values: [], needsRebirth: true });
    nodes.take({ ...deviceBirth, payload: { ...deviceBirth.payload, seq: 4 } });
    expect(valuesOf(nodes.take(data(5)))).toEqual([['pulses', 11]]);
  });

  it('never has a value given to another name than its birth said, whatever is lost of a thousand messages', () => {
    // Each session of the node gives alias 2 another meaning: a value says to which it belongs.
    const step = fc.record({ isLost: fc.boolean(), kind: fc.constantFrom('data', 'data', 'data', 'birth') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 1_000 }), (steps) => {
        const nodes = createEdgeNodes();
        let session = 0;
        let seq = 0;
        for (const { isLost, kind } of steps) {
          const sent: EdgeMessage[] = [];
          if (kind === 'birth' || session === 0) {
            session += 1;
            seq = 1;
            sent.push(message('NBIRTH', 0, [bdSeq(session % 256)]));
            sent.push(message('DBIRTH', 1, [metric({ name: `of-${session}`, alias: '2', value: session })]));
          } else {
            seq = (seq + 1) % 256;
            sent.push(data(seq, session));
          }
          for (const one of isLost ? sent.slice(1) : sent) {
            for (const { name, value } of nodes.take(one).values) expect(name).toBe(`of-${value}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
