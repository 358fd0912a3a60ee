import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { allMetrics } from '../dictionary/metrics.ts';
import { assistantWorld } from '../test-support/assistant-world.ts';

const db = await testDatabase();
const world = await assistantWorld(db);

describe('threads', () => {
  it('come page by page, the last asked first, without those that were put away', async () => {
    const viewer = testViewer({ role: 'USER' });
    const userId = String(viewer.userId);
    for (let minute = 0; minute < 5; minute += 1) {
      await world.addThread(userId, `T${minute}`, new Date(Date.UTC(2026, 10, 20, 12, minute)));
    }
    await db.client.thread.updateMany({ where: { title: 'T3' }, data: { archivedAt: new Date() } });
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { threads } = (await world.get(
        'query ($after: String) { threads(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { title } } } }',
        viewer,
        { after },
      )) as {
        threads: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: { title: string } }[] };
      };
      titles.push(...threads.edges.map(({ node }) => node.title));
      after = threads.pageInfo.hasNextPage ? threads.pageInfo.endCursor : null;
    } while (after !== null);
    expect(titles).toEqual(['T4', 'T2', 'T1', 'T0']);
    expect(await world.get('{ threads(archived: true) { edges { node { title } } } }', viewer)).toEqual({
      threads: { edges: [{ node: { title: 'T3' } }] },
    });
  });

  it('bring their answers in as many statements for many as for one', async () => {
    const viewer = testViewer({ role: 'USER' });
    const userId = String(viewer.userId);
    const addOne = async (name: string) => {
      const thread = await world.addThread(userId, name);
      for (const question of ['a', 'b', 'c']) await world.addAnswer(thread, userId, `${name}${question}`);
    };
    const ask = () =>
      world.get(
        '{ threads { edges { node { answers(first: 2) { totalCount edges { node { question steps { agent } evidence { metrics { name } } } } } } } } }',
        viewer,
      );
    await addOne('x');
    const one = await world.countStatements(ask);
    for (const name of ['y', 'z', 'w']) await addOne(name);
    expect(await world.countStatements(ask)).toBe(one);
    const { threads } = await ask();
    expect(threads).toMatchObject({ edges: [{ node: { answers: { totalCount: 3, edges: [{}, {}] } } }, {}, {}, {}] });
  });

  it.each(['bm90IGEgY3Vyc29y', Buffer.from('["x","y"]').toString('base64url')])(
    'take %s for no cursor, and say so',
    async (after) => {
      const { errors } = await world.ask(
        'query ($after: String) { threads(after: $after) { totalCount } }',
        testViewer({ role: 'USER' }),
        { after },
      );
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    },
  );
});

describe('an answer', () => {
  it('is read with everything that was stored with it', async () => {
    await world.subgraph.start?.();
    const viewer = testViewer({ role: 'USER' });
    const userId = String(viewer.userId);
    const thread = await world.addThread(userId, 'T');
    const metric = await db.client.metricVersion.findFirstOrThrow({ where: { name: 'production.sackoff_pct' } });
    const id = await world.addAnswer(thread, userId, '¿Cómo va el sackoff?', {
      status: 'ANSWERED',
      planKind: 'METRIC',
      planText: 'production.sackoff_pct by MONTH',
      isGoverned: true,
      columns: [
        { name: 'Mes', type: 'DAY' },
        { name: 'Sackoff', type: 'NUMBER', unit: '%' },
      ],
      rows: [['2026-11-01', 1.2]],
      rowCount: 1,
      warnings: ['Mes en curso'],
      evidence: { datasets: ['production_orders'], freshness: '2026-11-20T12:00:00.000Z', sql: null },
      tookMs: 840,
    });
    await db.client.answerMetric.create({ data: { answerId: id, metricVersionId: metric.id } });
    await db.client.answerStep.createMany({
      data: [
        { answerId: id, position: 1, agent: 'execute', status: 'COMPLETED', durationMs: 700 },
        { answerId: id, position: 0, agent: 'plan', status: 'COMPLETED', durationMs: 140 },
      ],
    });
    const { answer } = await world.get(
      `query ($id: ID!) { answer(id: $id) { status plan { kind text governed } columns { name unit } rows rowCount warnings
        evidence { metrics { name version } datasets freshness sql } steps { agent durationMs } cached tookMs thread { id } } }`,
      viewer,
      { id },
    );
    expect(answer).toEqual({
      status: 'ANSWERED',
      plan: { kind: 'METRIC', text: 'production.sackoff_pct by MONTH', governed: true },
      columns: [
        { name: 'Mes', unit: null },
        { name: 'Sackoff', unit: '%' },
      ],
      rows: [['2026-11-01', 1.2]],
      rowCount: 1,
      warnings: ['Mes en curso'],
      evidence: {
        metrics: [{ name: 'production.sackoff_pct', version: 1 }],
        datasets: ['production_orders'],
        freshness: '2026-11-20T12:00:00.000Z',
        sql: null,
      },
      steps: [
        { agent: 'plan', durationMs: 140 },
        { agent: 'execute', durationMs: 700 },
      ],
      cached: false,
      tookMs: 840,
      thread: { id: thread },
    });
    expect(allMetrics.some(({ name }) => name === metric.name)).toBe(true);
  });
});
