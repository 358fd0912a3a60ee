import { randomUUID } from 'node:crypto';
import { createLog } from '@cauce/shared/log/create-log';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { assistantWorld } from '../test-support/assistant-world.ts';
import { allDatasets } from './datasets.ts';
import { allMetrics } from './metrics.ts';
import { publishDefinitions } from './publish-definitions.ts';

const db = await testDatabase();
const world = await assistantWorld(db);
const definitions = { datasets: allDatasets, metrics: allMetrics };

describe('datasets and metrics', () => {
  it('are answered whole, in both languages, from the committed definitions', async () => {
    const { datasets, metrics } = (await world.get(
      `{ datasets { name owner title { es en } meaning { es en } graphType freshness { rule { es } } rules { en } fields { name kind unit meaning { es en } synonyms } }
         metrics { name version definition { es en } formula { es } unit additivity dimensions sign { es } owner answeredBy datasets { name } } }`,
      testAdmin(),
    )) as { datasets: { name: string; fields: object[] }[]; metrics: { name: string }[] };
    expect(datasets.map(({ name }) => name)).toEqual(allDatasets.map(({ name }) => name));
    expect(metrics.map(({ name }) => name)).toEqual(allMetrics.map(({ name }) => name));
    expect(metrics).toContainEqual(
      expect.objectContaining({
        name: 'production.sackoff_pct',
        unit: '%',
        owner: 'PRODUCTION',
        additivity: 'RATIO',
        answeredBy: 'productionKpis.sackoffPct',
        sign: { es: 'Positivo es pérdida (merma); negativo es ganancia.' },
      }),
    );
  });

  it('are worded for the viewer: Spanish first, English when asked', async () => {
    const question = async (locale: string | null) =>
      (
        (await world.get('query ($locale: String) { assistantExamples(locale: $locale) { question } }', testAdmin(), {
          locale,
        })) as { assistantExamples: { question: string }[] }
      ).assistantExamples[0]?.question;
    expect(await question(null)).toContain('¿Cuántas toneladas');
    expect(await question('en-US')).toContain('How many tons');
  });
});

describe('the freshness of a dataset', () => {
  const changedAt = async (viewer = testAdmin()) =>
    (
      (await world.get('{ datasets { name freshness { changedAt } } }', viewer)) as {
        datasets: { name: string; freshness: { changedAt: string | null } }[];
      }
    ).datasets.find(({ name }) => name === 'production_orders')?.freshness.changedAt;

  it('is the last announced change that the viewer may hear of', async () => {
    expect(await changedAt()).toBeNull();
    const site = randomUUID();
    const announce = (siteId: string, at: string) =>
      db.pool.query(
        `INSERT INTO platform.outbox (topic, key, site_id, occurred_at) VALUES ('production.orderChanged', 'o', $1, $2)`,
        [siteId, at],
      );
    await announce(site, '2026-11-20T10:00:00Z');
    await announce(randomUUID(), '2026-11-20T11:00:00Z');
    expect(await changedAt()).toBe('2026-11-20T11:00:00.000Z');
    expect(await changedAt(testViewer({ role: 'USER', siteIds: [site] }))).toBe('2026-11-20T10:00:00.000Z');
    expect(await changedAt(testViewer({ role: 'USER' }))).toBeNull();
  });

  it('is asked for all datasets in one statement', async () => {
    expect(await world.countStatements(() => world.get('{ datasets { freshness { changedAt } } }', testAdmin()))).toBe(
      1,
    );
  });
});

describe('publishing the definitions', () => {
  const stored = async () => ({
    metrics: await db.client.metricVersion.findMany({ orderBy: [{ name: 'asc' }, { version: 'asc' }] }),
    fields: await db.client.datasetColumn.findMany({ orderBy: [{ datasetId: 'asc' }, { position: 'asc' }] }),
  });

  it('may happen in many processes at once, and again', async () => {
    await Promise.all([1, 2, 3].map(() => publishDefinitions(db.client, silentLog, definitions)));
    const first = await stored();
    expect(first.metrics).toHaveLength(allMetrics.length);
    expect(first.fields).toHaveLength(allDatasets.flatMap(({ fields }) => fields).length);
    await publishDefinitions(db.client, silentLog, definitions);
    expect(await stored()).toEqual(first);
  });

  it('never changes what a version meant, and reports who tries', async () => {
    const [metric] = allMetrics;
    if (metric === undefined) throw new Error('There are no metrics');
    const before = await stored();
    const reports: unknown[] = [];
    const log = createLog({ name: 'test', level: 'error', write: (line) => reports.push(JSON.parse(line)) });
    const changed = { ...metric, unit: 'kg' };
    await publishDefinitions(db.client, log, { datasets: [], metrics: [changed] });
    expect(reports).toMatchObject([{ metric: metric.name, version: 1 }]);
    expect(await stored()).toEqual(before);
    await publishDefinitions(db.client, log, { datasets: [], metrics: [{ ...changed, version: 2 }] });
    expect((await stored()).metrics).toHaveLength(before.metrics.length + 1);
  });
});
