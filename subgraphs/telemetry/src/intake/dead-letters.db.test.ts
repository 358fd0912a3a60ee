import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { expect, it } from 'vitest';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { insertDeadLetters } from './dead-letters.store.ts';
import { lettersPerDay } from './letter-quota.ts';
import { createMessageStore } from './message-store.ts';
import { transactionRunner } from './sql-runner.ts';

const db = await testDatabase();
const world = await telemetryWorld(db);
const store = createMessageStore(world.deps, 'cauce');
const point = await addPoint(db);
const operator = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
const everybody = testViewer({ companyIds: 'all', siteIds: 'all' });

const list = `query ($filter: DeadLetterFilter) {
  deadLetters(filter: $filter, first: 10) { totalCount edges { node { id topic reason payload resolvedAt point { code } } } }
}`;
const retry = `mutation ($ids: [ID!]!) { retryDeadLetters(ids: $ids) {
  ... on RetriedDeadLetters { letters { id reason resolvedAt } } ... on ValidationFailed { fields { path } } } }`;
const send = (topic: string, body: string) => store([{ topic, payload: Buffer.from(body) }]);
const letters = async (viewer = everybody, filter: Record<string, unknown> = {}) =>
  JSON.parse(JSON.stringify((await world.get(list, viewer, { filter })).deadLetters)).edges.map(
    ({ node }: { node: Record<string, unknown> }) => node,
  );

it('what a registered device said badly is seen by its company; what nobody registered, by those who reach everything', async () => {
  await send(`cauce/${point.code}/up`, '{"ts":');
  await send('cauce/NOBODY/up', bodyOf(new Date(), { level: 1 }));
  expect(await letters(operator)).toMatchObject([
    { topic: `cauce/${point.code}/up`, reason: 'INVALID_JSON', payload: '{"ts":', point: { code: point.code } },
  ]);
  expect((await letters()).map(({ reason }: { reason: string }) => reason)).toEqual(['UNKNOWN_POINT', 'INVALID_JSON']);
  const sameCompany = testViewer({ companyIds: [point.companyId], siteIds: [randomUUID()] });
  const stranger = testViewer({ companyIds: [randomUUID()], siteIds: [point.siteId] });
  expect(await letters(sameCompany)).toEqual([]);
  expect(await letters(stranger)).toEqual([]);
});

it('a message of a point that is registered later is stored when it is retried, once', async () => {
  const code = `LATER-${randomUUID().slice(0, 8)}`;
  const id = randomUUID();
  await send(`cauce/${code}/up`, bodyOf('2026-11-20T10:00:00Z', { level: 12.5 }, id));
  const [letter] = await letters(everybody, { reasons: ['UNKNOWN_POINT'], isResolved: false });
  const tryAgain = async (viewer = everybody) =>
    (await world.get(retry, viewer, { ids: [letter.id] })).retryDeadLetters;
  expect(await tryAgain()).toEqual({ letters: [{ id: letter.id, reason: 'UNKNOWN_POINT', resolvedAt: null }] });
  const later = await addPoint(db, { code });
  expect(await tryAgain(operator)).toEqual({ letters: [] });
  expect(await tryAgain()).toMatchObject({ letters: [{ id: letter.id, resolvedAt: expect.any(String) }] });
  expect(await tryAgain()).toEqual({ letters: [] });
  const { rows } = await db.pool.query('SELECT value, message_id FROM telemetry.raw_readings WHERE point_id = $1', [
    later.id,
  ]);
  expect(rows).toEqual([{ value: 12.5, message_id: id }]);
  expect(await letters(everybody, { isResolved: true })).toMatchObject([{ id: letter.id }]);
  const { rows: entries } = await db.pool.query(
    `SELECT count(*)::int AS count FROM access.audit_log WHERE action = 'telemetry.retryDeadLetter' AND entity_id = $1`,
    [letter.id],
  );
  expect(entries).toEqual([{ count: 2 }]);
});

const dayMs = 86_400_000;

it('keeps the first letters of a company’s day, whoever brings them at once, and says how many it dropped', async () => {
  const [loud, quiet] = [await addPoint(db), await addPoint(db)];
  const at = new Date(Date.now() - 3 * dayMs);
  const bury = (owner: typeof loud | null, count: number, receivedAt = at) =>
    db.client.$transaction((tx) =>
      insertDeadLetters(
        transactionRunner(tx),
        Array.from({ length: count }, () => ({
          ...{ origin: 'mqtt', topic: null, point: owner, payload: '{', reason: 'INVALID_JSON' },
        })),
        receivedAt,
      ),
    );
  const dropped = await Promise.all([bury(loud, 900), bury(loud, 900), bury(loud, 900), bury(quiet, 10)]);
  expect(dropped.reduce((sum, one) => sum + one)).toBe(700);
  expect(await bury(loud, 5)).toBe(5);
  expect(await bury(loud, 5, new Date(at.getTime() + dayMs))).toBe(0);
  expect(await bury(null, lettersPerDay + 3)).toBe(3);
  expect(await db.client.deadLetter.count({ where: { companyId: loud.companyId } })).toBe(lettersPerDay + 5);
  expect(await db.client.deadLetter.count({ where: { companyId: quiet.companyId } })).toBe(10);
  const asked = (viewer: typeof operator) =>
    world.get('{ droppedDeadLetters { kept dropped company { id } } }', viewer);
  const own = testViewer({ companyIds: [loud.companyId], siteIds: [loud.siteId] });
  expect(await asked(own)).toEqual({
    droppedDeadLetters: [{ kept: lettersPerDay, dropped: 705, company: { id: loud.companyId } }],
  });
  expect(await asked(operator)).toEqual({ droppedDeadLetters: [] });
  expect(JSON.stringify(await asked(everybody))).toContain('"dropped":3,"company":null');
});

it('takes a hundred letters at a time, and leaves out what is no letter', async () => {
  expect((await world.get(retry, everybody, { ids: [] })).retryDeadLetters).toEqual({ fields: [{ path: 'ids' }] });
  expect((await world.get(retry, everybody, { ids: ['x', randomUUID()] })).retryDeadLetters).toEqual({ letters: [] });
});

it.each(['{ deadLetters { totalCount } }', 'mutation { retryDeadLetters(ids: ["x"]) { __typename } }'])(
  'refuses who may not write telemetry: %s',
  async (query) => {
    const viewer = { ...operator, permissions: operator.permissions.filter((held) => held !== 'telemetry:write') };
    expect(await world.refused(query, viewer)).toBe('FORBIDDEN');
  },
);
