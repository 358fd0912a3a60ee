import { createLog } from '@cauce/shared/log/create-log';
import { describe, expect, it } from 'vitest';
import { createSlowOperations } from './slow-operations.ts';

function logged(thresholdMs: number) {
  const lines: Record<string, unknown>[] = [];
  let nowMs = 0;
  const log = createLog({ name: 'test', level: 'warn', write: (line) => lines.push(JSON.parse(line)) });
  const slow = createSlowOperations({ log, thresholdMs, now: () => nowMs });
  const describeOne = (requestId: string) => () => ({
    ...{ requestId, kind: 'query', operation: 'Overview', durationMs: 1_200, outcome: 'ok', plan: 'fetch access' },
    fetches: [],
  });
  return {
    lines,
    slow,
    report: (hash: string, requestId: string) => slow.report(hash, describeOne(requestId)),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the log of slow operations', () => {
  it('holds the request, the plan and the fetches of what took longer than it may', () => {
    const { lines, slow, report } = logged(1_000);
    expect([slow.isSlow(1_000), slow.isSlow(1_001)]).toEqual([false, true]);
    report('h1', 'request-1');
    expect(lines).toMatchObject([{ requestId: 'request-1', hash: 'h1', operation: 'Overview', plan: 'fetch access' }]);
  });

  it('is off with a threshold of 0', () => {
    expect(logged(0).slow.isSlow(1e9)).toBe(false);
  });

  it('says each operation once a minute and twenty at most, and how many it did not say', () => {
    const { lines, report, pass } = logged(1);
    for (let index = 0; index < 100; index += 1) report('same', `r${index}`);
    expect(lines).toHaveLength(1);
    for (let index = 0; index < 100; index += 1) report(`h${index}`, `r${index}`);
    expect(lines).toHaveLength(20);
    pass(60_000);
    report('same', 'again');
    expect(lines.slice(20)).toMatchObject([{ operations: 180 }, { requestId: 'again' }]);
  });
});
