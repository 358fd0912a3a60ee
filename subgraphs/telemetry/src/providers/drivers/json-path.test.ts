import { describe, expect, it } from 'vitest';
import { parseJsonPath, selectAll, selectOne } from './json-path.ts';

describe('a path into an answer', () => {
  const answer = { data: [{ v: [1, 2], 'the key': 'a' }, { v: [3] }], none: null };

  it.each([
    ['$', [answer]],
    ['$.data[*].v[0]', [1, 3]],
    ["$.data[0]['the key']", ['a']],
    ['$.data[1].v[1]', []],
    ['$.none.deeper', []],
    ['$.data.length', []],
    ['$.constructor', []],
    ['$.__proto__', []],
  ])('%s leads to what is there, and nowhere else', (path, found) => {
    expect(selectAll(answer, path)).toEqual(found);
    expect(selectOne(answer, path)).toEqual(found[0]);
  });

  it.each(['', 'data', '$..v', '$.data[?(@.v)]', '$.data[-1]', '$.data[(@.length-1)]', "$['a", '$.a b', '$.data[0:2]'])(
    'refuses %s, which asks for more than a path',
    (path) => expect(parseJsonPath(path)).toBeNull(),
  );
});
