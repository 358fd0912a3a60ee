import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../../test-support/inventory-world.ts';
import { forecastAllJob, planForecasts } from './forecast.jobs.ts';

const db = await testDatabase();
// Four hours behind UTC in these weeks: half past seven is half past three in the morning in Santiago.
let now = new Date('2026-05-16T07:30:00Z');
const world = await inventoryWorld(db, { clock: { now: () => now } });

const planAt = async (instant: string) => {
  now = new Date(instant);
  await planForecasts(
    world.deps,
    forecastAllJob(async () => undefined),
  );
};

/** A company of its own with a product that is known since then. */
async function companySince(instant: string) {
  const { companyId, ...where } = await world.addPlace();
  await world.addProduct({ companyId, ...where }, { created_at: instant });
  const runs = async () =>
    (await db.client.forecastRun.findMany({ where: { companyId }, orderBy: { createdAt: 'asc' } })).map(
      ({ nightOf, status }) => `${nightOf?.toISOString().slice(0, 10) ?? 'by hand'} ${status}`,
    );
  const end = (status: 'COMPLETED' | 'FAILED', instant: string) =>
    db.client.forecastRun.updateMany({
      where: { companyId, status: 'PENDING' },
      data: { status, completedAt: new Date(instant) },
    });
  return { companyId, runs, end };
}

describe('a night that nobody was there for', () => {
  it('is made up for when the process is back, once, and the next one is a night like all others', async () => {
    const { runs, end } = await companySince('2026-05-15T12:00:00Z');
    await planAt('2026-05-16T07:30:00Z');
    expect(await runs()).toEqual(['2026-05-16 PENDING']);
    await end('COMPLETED', '2026-05-16T07:40:00Z');
    // Down from here to eleven in the morning of the 17th.
    await planAt('2026-05-17T15:00:00Z');
    await planAt('2026-05-17T15:05:00Z');
    expect(await runs()).toEqual(['2026-05-16 COMPLETED', '2026-05-17 PENDING']);
    await end('COMPLETED', '2026-05-17T15:10:00Z');
    await planAt('2026-05-17T20:00:00Z');
    expect(await runs()).toHaveLength(2);
    await planAt('2026-05-18T07:30:00Z');
    expect((await runs()).slice(2)).toEqual(['2026-05-18 PENDING']);
  });

  it('belongs to the day before until two in the morning', async () => {
    const { runs, end } = await companySince('2026-05-25T12:00:00Z');
    await planAt('2026-05-26T07:30:00Z');
    await end('COMPLETED', '2026-05-26T07:40:00Z');
    await planAt('2026-05-28T05:30:00Z');
    expect((await runs()).slice(1)).toEqual(['2026-05-27 PENDING']);
    await end('COMPLETED', '2026-05-28T05:35:00Z');
    await planAt('2026-05-28T06:05:00Z');
    expect((await runs()).slice(2)).toEqual(['2026-05-28 PENDING']);
  });

  it('needs nothing where a person had it done within the day, until that is a day ago', async () => {
    const { companyId, runs } = await companySince('2026-06-01T12:00:00Z');
    await db.client.forecastRun.create({
      data: { companyId, status: 'COMPLETED', completedAt: new Date('2026-06-02T23:00:00Z') },
    });
    await planAt('2026-06-03T13:00:00Z');
    expect(await runs()).toEqual(['by hand COMPLETED']);
    await planAt('2026-06-03T23:01:00Z');
    expect((await runs()).sort()).toEqual(['2026-06-03 PENDING', 'by hand COMPLETED']);
  });

  it('is not tried again and again where it fails, and does not take a failure for a success', async () => {
    const { runs, end } = await companySince('2026-06-10T12:00:00Z');
    await planAt('2026-06-11T07:30:00Z');
    await end('COMPLETED', '2026-06-11T07:40:00Z');
    await planAt('2026-06-12T07:30:00Z');
    await end('FAILED', '2026-06-12T07:45:00Z');
    await planAt('2026-06-12T15:00:00Z');
    expect(await runs()).toEqual(['2026-06-11 COMPLETED', '2026-06-12 FAILED']);
    await planAt('2026-06-13T15:00:00Z');
    expect((await runs()).slice(2)).toEqual(['2026-06-13 PENDING']);
  });

  it('is planned once by processes that come back together, and not for a company of today', async () => {
    const old = await companySince('2026-06-20T12:00:00Z');
    const fresh = await companySince('2026-06-22T09:00:00Z');
    await Promise.all(Array.from({ length: 4 }, () => planAt('2026-06-22T15:00:00Z')));
    expect(await old.runs()).toEqual(['2026-06-22 PENDING']);
    expect(await fresh.runs()).toEqual([]);
  });
});
