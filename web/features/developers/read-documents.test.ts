import { expect, it } from 'vitest';
import { readDocuments } from './read-documents.ts';

const [a, b] = ['query A { me { id } }\n', 'query B { me { name } }'];

it.each([
  ['one document, to the letter', a, [a]],
  ['a manifest by hash', JSON.stringify({ h1: a, h2: b }), [a, b]],
  ['a list of texts', JSON.stringify([b, a]), [b, a]],
  ['a short one that has no name', '{ me { id } }', ['{ me { id } }']],
  ['nothing', ' \n', []],
  ['JSON that holds no texts', '[1, null]', []],
])('finds the documents in %s', (_what, text, documents) => {
  expect(readDocuments(text)).toEqual(documents);
});
