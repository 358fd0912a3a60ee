import { describe, expect, it } from 'vitest';
import { cronWords } from './cron-words.ts';

describe('the words for a clock', () => {
  it.each([
    ['* * * * *', { kind: 'minute' }],
    ['*/10 * * * *', { kind: 'minutes', count: 10 }],
    ['25 * * * *', { kind: 'hour', minute: 25 }],
    ['40 3 * * *', { kind: 'day', clock: '03:40' }],
    ['0 8 * * 1', null],
    ['1,31 * * * *', null],
    ['often', null],
  ])('of %s are %j', (cron, words) => {
    expect(cronWords(cron)).toEqual(words);
  });
});
