import { expect, it } from 'vitest';
import { checkReleasedSchema, problemsOf } from '../check-schema.ts';

it('the graph breaks no client of its last release, unless somebody answers for it, and withdraws nothing without notice', async () => {
  expect(problemsOf(await checkReleasedSchema(new Date().toISOString().slice(0, 10)))).toEqual([]);
});
