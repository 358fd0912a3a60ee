import { expect, it } from 'vitest';
import { readRoutes } from './rest-routes.ts';

it('lists the addresses of an OpenAPI document, and tells those that are only promised', () => {
  const document = {
    paths: {
      '/api/data': { get: { summary: 'Tables', responses: { '200': {}, '501': {} } }, parameters: [] },
      '/api/query': { post: { summary: 'Asks (not offered yet)', responses: { '501': {} } } },
    },
  };
  expect(readRoutes(document)).toEqual([
    { method: 'GET', path: '/api/data', summary: 'Tables', isOffered: true },
    { method: 'POST', path: '/api/query', summary: 'Asks', isOffered: false },
  ]);
});

it('makes nothing of what is no OpenAPI document', () => {
  for (const one of [null, 'x', {}, { paths: [] }, { errors: [] }]) expect(readRoutes(one)).toBeNull();
});
