import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mostAttempts, nextAttemptAt } from './retry-schedule.ts';
import { signDelivery } from './signature.ts';

describe('signDelivery', () => {
  it('signs time and raw body together, as a receiver would check it', () => {
    const body = '{"id":"7","data":{"nombre":"Pozo Ñuble"}}';
    const header = signDelivery(['whsec_x'], body, new Date('2026-11-20T12:00:00.900Z'));
    const [time, mac] = header.split(',').map((part) => part.split('=')[1]);
    expect(time).toBe('1795176000');
    expect(mac).toBe(createHmac('sha256', 'whsec_x').update(`1795176000.${body}`, 'utf8').digest('hex'));
    expect(signDelivery(['whsec_x'], body, new Date('2026-11-20T12:00:02Z'))).not.toBe(header);
  });

  it('signs with every secret that is good, the newest first', () => {
    const at = new Date('2026-11-20T12:00:00Z');
    const [alone, other] = ['new', 'old'].map((secret) => signDelivery([secret], '{}', at).split(',')[1]);
    expect(signDelivery(['new', 'old'], '{}', at).split(',').slice(1)).toEqual([alone, other]);
  });
});

describe('nextAttemptAt', () => {
  it('tries eight times over about a day, with growing pauses', () => {
    const start = new Date('2026-11-20T12:00:00Z');
    const pausesMs: number[] = [];
    let [at, attempts] = [start, 1];
    for (let next = nextAttemptAt(attempts, at, 0.5); next !== null; next = nextAttemptAt(++attempts, at, 0.5)) {
      pausesMs.push(next.getTime() - at.getTime());
      at = next;
    }
    expect(attempts).toBe(mostAttempts);
    expect(pausesMs).toEqual([...pausesMs].sort((one, other) => one - other));
    expect((at.getTime() - start.getTime()) / 3_600_000).toBeCloseTo(23.7, 1);
  });

  it('scatters what failed together by a tenth', () => {
    const now = new Date(0);
    expect(nextAttemptAt(1, now, 0)?.getTime()).toBe(27_000);
    expect(nextAttemptAt(1, now, 1)?.getTime()).toBe(33_000);
  });
});
