import { appendEvents } from '@cauce/shared/events/outbox';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../test-support/inventory-world.ts';
import { syncStatusChanged } from './sync-changes.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
world.startRelay();
const ours = await world.addPlace();
const theirs = await world.addPlace();
const viewer = testViewer({ role: 'VIEWER', companyIds: [ours.companyId], siteIds: [] });

async function addErp(place: Place, code: string) {
  const id = await world.add('erp_installations', { company_id: place.companyId, kind: 'SAMPLE', code, name: code });
  const run = (job_type: string, status: string, hour: number, columns: object = {}) =>
    world.add('sync_jobs', {
      ...{ job_type, status, installation_id: id, company_id: place.companyId },
      created_at: new Date(Date.UTC(2026, 5, 1, hour)),
      completed_at: status === 'running' ? null : new Date(Date.UTC(2026, 5, 1, hour, 1)),
      ...columns,
    });
  return { id, run };
}
const erp = await addErp(ours, 'OURS');
const foreign = await addErp(theirs, 'THEIRS');
await erp.run('ventas', 'completed', 1, { records_processed: 12 });
await erp.run('ventas', 'completed', 2);
await erp.run('ventas', 'failed', 3, { error_message: 'The ERP did not answer' });
await erp.run('productos', 'running', 4);
await foreign.run('ventas', 'completed', 9);
await world.add('sync_schedules', { installation_id: erp.id, entity: 'ventas', cron: '0 * * * *' });
await world.add('sync_schedules', { installation_id: foreign.id, entity: 'ventas', cron: '0 * * * *' });

const fields = `jobs(first: 3) { entity status mode errorMessage recordsProcessed installation { code company { id } } }
  schedules { entity cron timeZone isActive installation { code } } lastSync { entity completedAt installation { code } }`;

describe('syncStatus', () => {
  it('tells runs, schedules, and the last success of each kind of row, of the ERPs within reach', async () => {
    expect(await world.get(`{ syncStatus { ${fields} } }`, viewer)).toEqual({
      syncStatus: {
        jobs: [
          ['PRODUCTS', 'RUNNING', null],
          ['SALES', 'FAILED', 'The ERP did not answer'],
          ['SALES', 'COMPLETED', null],
        ].map(([entity, status, errorMessage]) => ({
          ...{ entity, status, errorMessage, mode: 'INCREMENTAL', recordsProcessed: 0 },
          installation: { code: 'OURS', company: { id: ours.companyId } },
        })),
        schedules: [
          {
            entity: 'SALES',
            cron: '0 * * * *',
            timeZone: 'America/Santiago',
            isActive: true,
            installation: { code: 'OURS' },
          },
        ],
        lastSync: [
          ['WAREHOUSES', null],
          ['CUSTOMERS', null],
          ['STOCK', null],
          ['PRICES', null],
          ['PRODUCTS', null],
          ['SALES', '2026-06-01T02:01:00.000Z'],
        ].map(([entity, completedAt]) => ({ entity, completedAt, installation: { code: 'OURS' } })),
      },
    });
  });

  it('refuses more runs than a page holds', async () => {
    const { errors } = await world.ask('{ syncStatus { jobs(first: 51) { id } } }', viewer);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('is told again when a run changes, and never because of another company', async () => {
    const listener = await world.listen(
      'subscription { syncStatusChanged { jobs(first: 1) { status recordsProcessed } } }',
      viewer,
    );
    const announce = (place: Place, jobId: string) =>
      db.client.$transaction((tx) =>
        appendEvents(tx, [
          {
            topic: syncStatusChanged,
            companyId: place.companyId,
            siteId: null,
            key: jobId,
            occurredAt: new Date(),
            payload: { jobId },
          },
        ]),
      );
    await announce(theirs, await foreign.run('clientes', 'completed', 10));
    const jobId = await erp.run('inventario', 'running', 11, { records_processed: 5 });
    await announce(ours, jobId);
    const seen = async () => ((await listener.next()).syncStatusChanged as { jobs: unknown[] }).jobs;
    expect(await seen()).toEqual([{ status: 'RUNNING', recordsProcessed: 5 }]);
    await db.pool.query("UPDATE inventory.sync_jobs SET status = 'completed', records_processed = 9 WHERE id = $1", [
      jobId,
    ]);
    await announce(ours, jobId);
    expect(await seen()).toEqual([{ status: 'COMPLETED', recordsProcessed: 9 }]);
    listener.stop();
  });
});
