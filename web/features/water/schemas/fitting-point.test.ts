import { expect, it } from 'vitest';
import { fittingPoint } from './fitting-point.ts';
import { draftOf, newQuantity } from './schema-draft.ts';

it('a schema is tried first on the point that measures most of it, and on none where there is none', () => {
  const draft = { ...draftOf(null), quantities: [newQuantity(), { ...newQuantity(), variable: 'LEVEL' as const }] };
  const point = (id: string, ...variables: readonly string[]) => ({
    ...{ id, name: id },
    latest: variables.map((variable) => ({ variable })),
  });
  expect(fittingPoint(draft, [point('drain', 'FLOW'), point('well', 'FLOW', 'LEVEL'), point('lake', 'LEVEL')])).toBe(
    'well',
  );
  expect(fittingPoint(draft, [])).toBe('');
});
