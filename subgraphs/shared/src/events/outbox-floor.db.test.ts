import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { testDatabase } from '../test/test-database.ts';
import { defineTopic } from './domain-event.ts';
import { appendEvents } from './outbox.ts';
import { createOutboxFloor, type OutboxFloor } from './outbox-floor.ts';

const db = await testDatabase();
const client = new Client({ connectionString: db.url });
await client.connect();
afterAll(() => client.end());
const topic = defineTopic<null>('test.floor');

async function append(writer: Parameters<typeof appendEvents>[0] = db.client): Promise<void> {
  const event = { topic, companyId: null, siteId: null, key: 'k', occurredAt: new Date(), payload: null };
  await appendEvents(writer, [event]);
}

/** Looks until the floor is there: transactions of others hold it down for a moment. */
async function riseTo(floor: OutboxFloor, id: bigint): Promise<void> {
  await eventually(async () => {
    await floor.observe(client);
    floor.raise(String(id));
    return BigInt(floor.value()) >= id;
  });
}

async function lastId(): Promise<bigint> {
  const { rows } = await client.query('SELECT max(id)::text AS id FROM platform.outbox');
  return BigInt(String(rows[0]?.id));
}

describe('the floor of the outbox', () => {
  it('rises with a consumer that is behind, no further than what it has consumed', async () => {
    const floor = createOutboxFloor(0);
    for (let n = 0; n < 5; n += 1) await append();
    const last = await lastId();
    await riseTo(floor, last - 3n);
    expect(floor.value()).toBe(String(last - 3n));
    await riseTo(floor, last);
    floor.raise(String(last - 1n));
    expect(floor.value()).toBe(String(last));
  });

  it('stays below an event whose transaction is still open, also when later ones are consumed', async () => {
    const floor = createOutboxFloor(0);
    await append();
    const before = await lastId();
    await riseTo(floor, before);
    const late = await db.pool.connect();
    await late.query('BEGIN');
    await append(late);
    await append();
    const last = await lastId();
    for (let n = 0; n < 6; n += 1) await floor.observe(client);
    floor.raise(String(last));
    expect(BigInt(floor.value())).toBe(before);
    await late.query('COMMIT');
    late.release();
    await riseTo(floor, last);
  });
});
