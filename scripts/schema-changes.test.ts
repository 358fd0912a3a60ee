import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkSchema } from './schema-changes.ts';

const today = '2026-11-21';
const check = (released: string, current: string, acknowledged: { path: string; reason: string }[] = []) =>
  checkSchema(buildSchema(released), buildSchema(current), { acknowledged, today });
const query = (fields: string) => `type Query { ${fields} }`;
const reason = 'Nobody has asked for it since the pilot ended.';

describe('the check of the schema', () => {
  it('lets a schema grow, and says what is new', async () => {
    const grown = `${query('a: Int "New." b(first: Int): T')} "Wholly new." type T { x: Int y: Int }`;
    expect(await check(query('a: Int'), grown)).toEqual({
      ...{ breaking: [], idle: [], unclear: [] },
      changes: ["Type 'T' was added", "Field 'b' was added to object type 'Query'"],
    });
  });

  it.each([
    ['a field that is gone', query('a: Int b: Int'), query('a: Int'), 'Query.b'],
    ['a field that may be null now', query('a: Int!'), query('a: Int'), 'Query.a'],
    ['a field of another type', query('a: Int'), query('a: String'), 'Query.a'],
    ['an argument that is asked for now', query('a: Int'), query('a(x: Int!): Int'), 'Query.a.x'],
    [
      'an input field that is asked for now',
      `${query('a(i: I): Int')} input I { x: Int }`,
      `${query('a(i: I): Int')} input I { x: Int y: Int! }`,
      'I.y',
    ],
    ['an enum value that is gone', `${query('a: E')} enum E { X Y }`, `${query('a: E')} enum E { X }`, 'E.Y'],
  ])('names %s, and refuses it', async (_what, released, current, path) => {
    const { breaking } = await check(released, current);
    expect(breaking).toHaveLength(1);
    expect(breaking[0]).toMatch(new RegExp(`^${path}: `));
  });

  it('takes a break that somebody answers for, and no other with it', async () => {
    const [released, current] = [query('a: Int b: Int c: Int'), query('a: Int')];
    expect(await check(released, current, [{ path: 'Query.b', reason }])).toMatchObject({
      breaking: [expect.stringContaining('Query.c')],
      idle: [],
    });
  });

  it('refuses to keep an answer for what does not break', async () => {
    expect(await check(query('a: Int'), query('a: Int'), [{ path: 'Query.b', reason }])).toMatchObject({
      idle: ['Query.b'],
    });
  });

  it('lets a deprecated field go after the day that was announced, and not on it or before', async () => {
    const deprecated = (day: string) => query(`a: Int b: Int @deprecated(reason: "Use a. Removed after ${day}.")`);
    for (const [day, isLeft] of [
      ['2026-11-20', true],
      ['2026-11-21', false],
      ['2027-01-01', false],
    ] as const) {
      const { breaking } = await check(deprecated(day), query('a: Int'));
      expect(breaking.length === 0, day).toBe(isLeft);
    }
    // What was announced in the release counts: a day that only the new schema names gave nobody notice.
    expect((await check(query('a: Int b: Int'), query('a: Int'))).breaking).toHaveLength(1);
  });

  it('asks of a deprecation what to use and until when it stays', async () => {
    for (const words of [
      'No longer supported',
      'Use a.',
      'Removed after 2027-01-01.',
      'Removed after 2027-01-01. Use a.',
    ]) {
      const { unclear } = await check(query('a: Int b: Int'), query(`a: Int b: Int @deprecated(reason: "${words}")`));
      expect(unclear, words).toEqual([expect.stringContaining('Query.b')]);
    }
    const good = query('a: Int b: Int @deprecated(reason: "Use a. Removed after 2027-01-01.")');
    expect(await check(query('a: Int b: Int'), good)).toMatchObject({ breaking: [], unclear: [] });
  });
});
