import { describe, expect, it } from 'vitest';
import { readablePayload } from './readable-payload.ts';

describe('the payload of a message that could not be kept', () => {
  it('is shown line by line where it is JSON, and as it came where it is not', () => {
    expect(readablePayload('{"level":1}')).toBe('{\n  "level": 1\n}');
    expect(readablePayload('{"level":')).toBe('{"level":');
  });
  it('is cut where it is long', () => {
    expect(readablePayload('x'.repeat(10_000))).toHaveLength(4_002);
  });
});
