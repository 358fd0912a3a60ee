import { describe, expect, it } from 'vitest';
import { cronWords } from './cron-words.ts';

describe('the words for a clock', () => {
  it.each([
    ['* * * * *', { kind: 'minute' }],
    ['*/10 * * * *', { kind: 'minutes', count: 10 }],
    ['25 * * * *', { kind: 'hour', minute: 25 }],
    ['40 3 * * *', { kind: 'day', clock: '03:40' }],
    ['0 8 * * 1', { kind: 'week', day: '1', clock: '08:00' }],
    ['30 2 * * 7', { kind: 'week', day: '0', clock: '02:30' }],
    ['0 */6 * * *', { kind: 'hours', count: 6, minute: 0 }],
    ['15 */3 * * *', { kind: 'hours', count: 3, minute: 15 }],
    ['0 8 * * 1-5', null],
    ['0 8 1 * *', null],
    ['0 8 * * * 2027', null],
    ['1,31 * * * *', null],
    ['often', null],
  ])('of %s are %j', (cron, words) => {
    expect(cronWords(cron)).toEqual(words);
  });
});
