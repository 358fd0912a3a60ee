import { describe, expect, it } from 'vitest';
import { createExpressionCompiler, isProblem, longestExpression } from './expression-compiler.ts';

const compiler = createExpressionCompiler();
const values: Readonly<Record<string, number | null>> = { flow: 10, level: null, zero: 0, constructor: 5 };
const known = new Set(Object.keys(values));
const lookUp = (name: string) => values[name] ?? null;

const work = (text: string) => {
  const compiled = compiler.number(text, known);
  return isProblem(compiled) ? compiled : compiled.evaluate(lookUp);
};
const decide = (text: string) => {
  const compiled = compiler.condition(text, known);
  return isProblem(compiled) ? compiled : compiled.evaluate(lookUp);
};

describe('an expression', () => {
  it.each([
    ['1 / 2', 0.5],
    ['0x10 + 1', 17],
    ['1 - 2 - 3', -4],
    ['-flow * 3', -30],
    ['flow > 5 ? flow : level', 10],
    ['min(flow, 2, 3) + pow(2, 3)', 10],
    ['known(level) ? level : 7', 7],
    ['or_else(level, flow)', 10],
    ['or_else(flow, level)', 10],
    ['constructor + 1', 6],
  ])('%s is %d: whole numbers are numbers like any other, and a name means a value', (text, value) => {
    expect(work(text)).toEqual({ value });
  });

  it.each([
    ['level + 1', 'NO_VALUE', 'level', 0, 5],
    ['flow * (2 + level)', 'NO_VALUE', 'level', 12, 17],
    ['flow / zero', 'DIVISION_BY_ZERO', null, 0, 11],
    ['1 / (1 / zero)', 'DIVISION_BY_ZERO', null, 5, 13],
    ['or_else(level, 1 / zero)', 'DIVISION_BY_ZERO', null, 15, 23],
    ['sqrt(-flow)', 'NOT_A_NUMBER', null, 0, 11],
    ['1 / pow(flow, 400)', 'OUT_OF_BOUNDS', null, 4, 18],
  ])('%s has no value, says why and where, and never comes to a wrong number', (text, code, name, start, end) => {
    expect(work(text)).toEqual({ missing: { code, name, at: { start, end } } });
  });

  it('does not need what decides nothing', () => {
    expect(decide('level > 1 || flow == 10')).toEqual({ value: true });
    expect(decide('flow > 99 && level > 1')).toEqual({ value: false });
    expect(decide('flow == 10 && level > 1')).toMatchObject({ missing: { code: 'NO_VALUE', name: 'level' } });
  });

  it.each([
    ['', 'SYNTAX', 0, 0],
    ['flow +', 'SYNTAX', 6, 6],
    ['flow 5', 'SYNTAX', 5, 6],
    ['flow\n  + depth', 'UNKNOWN_NAME', 9, 14],
    ['flow + sin(1)', 'UNKNOWN_FUNCTION', 7, 13],
    ['flow * min(flow)', 'WRONG_ARGUMENTS', 7, 16],
    ['known(flow + 1) ? 1 : 2', 'WRONG_ARGUMENTS', 6, 14],
    ['1 + true', 'WRONG_TYPE', 0, 8],
    ['flow > 1 ? 2 : true', 'WRONG_TYPE', 0, 19],
    ['1 + (!flow)', 'WRONG_TYPE', 5, 10],
    ['flow > 1', 'WRONG_RESULT', 0, 8],
    ['flow.constructor', 'NOT_ALLOWED', 0, 16],
    ['1 + "a".size()', 'NOT_ALLOWED', 4, 14],
    ['[1, 2].map(x, x)', 'NOT_ALLOWED', 0, 16],
    ['{"a": 1}.a', 'NOT_ALLOWED', 0, 10],
    ['flow % 2', 'NOT_ALLOWED', 0, 8],
    ['dyn(flow)', 'UNKNOWN_FUNCTION', 0, 9],
    ['v0 + 1', 'UNKNOWN_NAME', 0, 2],
    ['f_add_2(1, 2, 0)', 'UNKNOWN_FUNCTION', 0, 16],
    ['flow ? 1 : 2', 'WRONG_TYPE', 0, 4],
  ])('%s is refused before it is kept: %s at its place', (text, code, start, end) => {
    expect(work(text)).toMatchObject({ code, start, end });
  });

  it('names the operand that does not fit, whichever side it is on', () => {
    expect(decide('flow > 1 && (zero + 1)')).toMatchObject({ code: 'WRONG_TYPE', start: 0 });
    expect(decide('flow')).toMatchObject({ code: 'WRONG_RESULT' });
  });

  it('is bounded in length, in parts and in depth', () => {
    expect(work('1'.padEnd(longestExpression + 1, ' '))).toMatchObject({ code: 'TOO_LONG', start: longestExpression });
    expect(work(Array.from({ length: 76 }, () => 'flow').join('+'))).toMatchObject({ code: 'TOO_LONG' });
    expect(work(`${'('.repeat(25)}1${')'.repeat(25)}`)).toMatchObject({ code: 'TOO_LONG' });
    expect(work(Array.from({ length: 75 }, () => 'flow').join('+'))).toEqual({ value: 750 });
  });
});
