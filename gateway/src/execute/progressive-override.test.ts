import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { expect, it } from 'vitest';
import { isWithinPercent } from '../plan/override-labels.ts';
import type { ExecutorOptions } from './executor.ts';
import { createScope } from './test/shop-gateway.ts';
import { createSmallGateway } from './test/small-gateway.ts';

const who = (id: string) => ({ ...createScope(), viewer: { ...anonymousViewer, kind: 'user' as const, id } });

function gateway(label: string, options: Partial<ExecutorOptions> = {}) {
  const answer = (from: string) => ({
    Query: { thing: () => ({ id: '1', price: from }) },
    Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, price: from }) },
  });
  return createSmallGateway(
    {
      old: {
        sdl: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! price: String }',
        resolvers: answer('old'),
      },
      next: {
        sdl: `type Thing @key(fields: "id") { id: ID! price: String @override(from: "old", label: "${label}") }`,
        resolvers: { Thing: answer('next').Thing },
      },
    },
    options,
  );
}

it('moves about the share of people that a percent label names, each of them for good', async () => {
  const { ask } = gateway('percent(30)');
  const seen = new Map<string, unknown>();
  for (let round = 0; round < 2; round += 1) {
    for (let index = 0; index < 300; index += 1) {
      const { data, errors } = await ask('{ thing { price } }', {}, who(`user-${index}`));
      expect(errors).toBeUndefined();
      const text = JSON.stringify(data);
      expect(seen.get(`user-${index}`) ?? text).toBe(text);
      seen.set(`user-${index}`, text);
    }
  }
  const moved = [...seen.values()].filter((text) => String(text).includes('next')).length;
  expect(moved).toBeGreaterThan(300 * 0.2);
  expect(moved).toBeLessThan(300 * 0.4);
});

it.each([
  [0, 'old'],
  [100, 'next'],
])('moves nobody or everybody at the ends: percent(%d)', async (percent, expected) => {
  const { ask } = gateway(`percent(${percent})`);
  for (let index = 0; index < 20; index += 1) {
    expect((await ask('{ thing { price } }', {}, who(`user-${index}`))).data).toEqual({ thing: { price: expected } });
  }
});

it('asks a function for labels of its own, for each request, and is off without one', async () => {
  expect((await gateway('new-prices').ask('{ thing { price } }')).data).toEqual({ thing: { price: 'old' } });
  const isOverrideOn: ExecutorOptions['isOverrideOn'] = (label, { viewer }) =>
    label === 'new-prices' && viewer.id === 'b';
  const { ask } = gateway('new-prices', { isOverrideOn });
  const seen = [];
  for (const id of ['a', 'b', 'a', 'b']) seen.push((await ask('{ thing { price } }', {}, who(id))).data?.thing);
  expect(seen).toEqual([{ price: 'old' }, { price: 'next' }, { price: 'old' }, { price: 'next' }]);
});

it('spreads people evenly, and knows what is no percent', () => {
  const inside = Array.from({ length: 10_000 }, (_, index) =>
    isWithinPercent('percent(12.5)', `00000000-0000-${index}`),
  );
  expect(inside.filter((is) => is === true).length).toBeGreaterThan(1_100);
  expect(inside.filter((is) => is === true).length).toBeLessThan(1_400);
  expect(isWithinPercent('percent(x)', 'a')).toBeNull();
  expect(isWithinPercent('dark-launch', 'a')).toBeNull();
});
