import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createApolloPlanner } from './apollo-planner.ts';
import { readByRights } from './by-rights.ts';

const supergraph = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
const planner = createApolloPlanner(supergraph);
const isByRights = readByRights(supergraph);

function sharedByRights(operation: string): boolean {
  const { root } = planner.plan(parse(operation), new Map());
  if (root?.kind !== 'subscription') throw new Error('Not a subscription');
  return isByRights(root);
}

it.each([
  'subscription { measurementAdded { value unit point { code site { name company { name } } } } }',
  'subscription { alertRaised { id point { name } } }',
  'subscription { pointStatusChanged { status site { code } } }',
])('the platform lets people of equal rights share %s', (operation) => {
  expect(sharedByRights(operation)).toBe(true);
});

it.each([
  ['a person', 'subscription { pointStatusChanged { status owner { name } } }'],
  ['what nobody declared', 'subscription { productionChanged { orderNumber } }'],
])('and keeps a stream personal that asks for %s', (_what, operation) => {
  expect(sharedByRights(operation)).toBe(false);
});
