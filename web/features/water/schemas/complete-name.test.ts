import { describe, expect, it } from 'vitest';
import { completionsOf } from './complete-name.ts';

const names = ['flow', 'flow_peak', 'level'];
const functions = ['floor', 'min'];

describe('completionsOf', () => {
  it('offers the names that begin with the word at the cursor, and puts the chosen one in its place', () => {
    expect(completionsOf('2 * fl + 1', 6, names, functions)).toEqual([
      { name: 'flow', text: '2 * flow + 1', cursor: 8 },
      { name: 'flow_peak', text: '2 * flow_peak + 1', cursor: 13 },
      { name: 'floor()', text: '2 * floor( + 1', cursor: 10 },
    ]);
  });

  it('replaces the rest of a word in whose middle the cursor stands', () => {
    expect(completionsOf('lexyz', 2, names, functions)).toEqual([{ name: 'level', text: 'level', cursor: 5 }]);
  });

  it('offers nothing after a number, an operator or a whole name', () => {
    for (const text of ['2', '2 + ', 'level', ''])
      expect(completionsOf(text, text.length, names, functions)).toEqual([]);
  });
});
