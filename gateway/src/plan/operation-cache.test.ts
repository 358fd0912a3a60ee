import { expect, it } from 'vitest';
import { createOperationCache } from './operation-cache.ts';

const limits = { maxOperations: 3, maxCharacters: 100 };

it('works an operation out once', () => {
  const cache = createOperationCache<object>(limits);
  const first = cache.get('{ a }', null, 5, () => ({}));
  expect(cache.get('{ a }', null, 5, () => ({}))).toBe(first);
});

it('tells operations of one document apart by their names', () => {
  const cache = createOperationCache<object>(limits);
  const names = [null, 'A', 'B'].map((name) => cache.get('query A { a } query B { b }', name, 27, () => ({})));
  expect(new Set(names).size).toBe(3);
});

it('forgets the least used when operations are too many or too large', () => {
  const cache = createOperationCache<object>(limits);
  for (let count = 0; count < 1_000; count += 1) cache.get(`{ a${count} }`, null, 8, () => ({}));
  expect(cache.size).toBe(3);
  const kept = cache.get('{ a999 }', null, 8, () => ({}));
  cache.get('large', null, 90, () => ({}));
  expect(cache.size).toBe(2);
  expect(cache.get('{ a999 }', null, 8, () => ({}))).toBe(kept);
});

it('does not keep what is larger than all of it', () => {
  const cache = createOperationCache<object>(limits);
  cache.get('huge', null, 101, () => ({}));
  expect(cache.size).toBe(0);
});
