import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageLimits, parseReadingMessage } from './reading-message.ts';

const parse = (body: unknown) =>
  parseReadingMessage(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const reading = { id: '0f0e0d0c-0000-4000-8000-000000000001', ts: '2026-01-01T00:00:00Z', values: { pulses: 120_934 } };

describe('parseReadingMessage', () => {
  it('reads one reading, and many of them', () => {
    expect(parse(reading)).toEqual({
      refusals: [],
      readings: [
        {
          id: reading.id,
          measuredAt: new Date('2026-01-01T00:00:00Z'),
          values: [{ channel: 'pulses', value: 120_934, text: null }],
        },
      ],
    });
    expect(parse([reading, { ...reading, ts: '2026-01-01T00:05:00.250-03:00' }]).readings[1]?.measuredAt).toEqual(
      new Date('2026-01-01T03:05:00.250Z'),
    );
  });

  it('keeps text as it came: a number counts, anything else measures nothing', () => {
    const { readings } = parse({ ...reading, values: { flow: ' 12.50', level: 'ERR', door: true, spare: null } });
    expect(readings[0]?.values).toEqual([
      { channel: 'flow', value: 12.5, text: ' 12.50' },
      { channel: 'level', value: null, text: 'ERR' },
      { channel: 'door', value: null, text: 'true' },
      { channel: 'spare', value: null, text: 'null' },
    ]);
  });

  it.each([
    ['not JSON', '<html>', 'INVALID_JSON'],
    ['NaN, which is no JSON', '{"ts":"2026-01-01T00:00:00Z","values":{"flow":NaN}}', 'INVALID_JSON'],
    ['a number that no double holds', '{"ts":"2026-01-01T00:00:00Z","values":{"flow":1e400}}', 'INVALID_MESSAGE'],
    ['no time', { values: { flow: 1 } }, 'INVALID_MESSAGE'],
    ['a time without a zone', { ...reading, ts: '2026-01-01T00:00:00' }, 'INVALID_MESSAGE'],
    ['a day that is none', { ...reading, ts: '2026-02-30T00:00:00Z' }, 'INVALID_MESSAGE'],
    ['an absurd year', { ...reading, ts: '1970-01-01T00:00:00Z' }, 'IMPOSSIBLE_TIME'],
    ['no values', { ...reading, values: {} }, 'INVALID_MESSAGE'],
    ['nested values', { ...reading, values: { flow: { value: 1 } } }, 'INVALID_MESSAGE'],
    ['an empty list', [], 'INVALID_MESSAGE'],
    ['null', 'null', 'INVALID_MESSAGE'],
    ['nothing', '', 'INVALID_JSON'],
    ['a zero byte in a name', { ...reading, values: { 'fl\0ow': 1 } }, 'INVALID_MESSAGE'],
  ])('refuses %s with a reason', (_name, body, reason) => {
    const { readings, refusals } = parse(body);
    expect(readings).toEqual([]);
    expect(refusals.map((refusal) => refusal.reason)).toEqual([reason]);
  });

  it('refuses one entry of a list and takes the others', () => {
    const { readings, refusals } = parse([
      reading,
      { ...reading, ts: 'ayer' },
      { ...reading, ts: '2026-01-02T00:00:00Z' },
    ]);
    expect(readings).toHaveLength(2);
    expect(refusals).toEqual([{ reason: 'INVALID_MESSAGE', payload: JSON.stringify({ ...reading, ts: 'ayer' }) }]);
  });

  it('refuses what is too large without reading it, and keeps the beginning only', () => {
    const { refusals } = parseReadingMessage(Buffer.alloc(messageLimits.bytes + 1, 'x'));
    expect(refusals[0]?.reason).toBe('MESSAGE_TOO_LARGE');
    expect(refusals[0]?.payload.length).toBeLessThan(17_000);
    expect(parse(Array.from({ length: messageLimits.readings + 1 }, () => 1)).refusals[0]?.reason).toBe(
      'TOO_MANY_READINGS',
    );
  });

  it('answers any bytes with readings or reasons, never with an exception, and with text that Postgres can hold', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const shaped = fc.record({ id: fc.anything(), ts: fc.anything(), values: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(bytes, shaped, fc.json()), (given) => {
        const payload = given instanceof Uint8Array ? Buffer.from(given) : Buffer.from(textOf(given));
        const { readings, refusals } = parseReadingMessage(payload);
        expect(readings.length + refusals.length).toBeGreaterThan(0);
        for (const refusal of refusals) expect(refusal.payload).not.toContain('\0');
      }),
      { numRuns: 500 },
    );
  });
});

function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  try {
    return JSON.stringify(given, (_key, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
  } catch {
    return '';
  }
}
