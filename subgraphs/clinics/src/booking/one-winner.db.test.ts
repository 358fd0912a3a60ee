import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { createDatabase } from '@cauce/shared/db/create-database';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { afterAll, describe, expect, it } from 'vitest';
import { clinicsWorld } from '../test-support/clinics-world.ts';

const db = await testDatabase({ maxConnections: 20 });
// Four processes' worth of pools: the same database, reached over connections that share nothing.
const others = Array.from({ length: 3 }, () =>
  createDatabase({ url: db.url, applicationName: 'cauce-test', log: silentLog, maxConnections: 20 }),
);
afterAll(async () => {
  for (const other of others) await other.close();
});
const clock = fixedClock(new Date('2026-11-20T15:00:00Z'));
const worlds = await Promise.all([db, ...others].map((database) => clinicsWorld(database, { clock })));
const [world] = worlds;
if (world === undefined) throw new Error('No world');

describe('200 who want one slot at the same time', () => {
  it.each(['holdSlot', 'bookAppointment', 'either'])(
    'with %s: exactly one gets it, the others are told so',
    async (how) => {
      const { slots, patients, manager } = await world.addAgenda({ slots: 1, patients: 200 });
      const slotId = slots[0]?.[0];
      const results = await Promise.all(
        patients.map((patientId, index) => {
          const name = how === 'either' ? (index % 2 === 0 ? 'holdSlot' : 'bookAppointment') : how;
          const input = name === 'holdSlot' ? { slotId } : { slotId, patientId };
          return worlds[index % worlds.length]?.mutate(name, input, manager);
        }),
      );
      const winners = results.filter((result) => result?.__typename !== 'SlotUnavailable');
      expect(winners).toHaveLength(1);
      expect(results.filter((result) => result?.reason === 'TAKEN')).toHaveLength(199);
      expect(await db.client.appointment.count({ where: { slotId: slotId ?? randomUUID() } })).toBe(1);
    },
  );

  it('when a hold has just run out: exactly one takes it over', async () => {
    const { slots, manager } = await world.addAgenda({ slots: 1 });
    const slotId = slots[0]?.[0];
    await world.mutate('holdSlot', { slotId }, manager);
    clock.advance(10 * 60_000);
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) => worlds[index % worlds.length]?.mutate('holdSlot', { slotId }, manager)),
    );
    expect(results.filter((result) => result?.__typename === 'SlotHold')).toHaveLength(1);
  });

  it('as one patient with 40 practitioners: one of them sees the patient', async () => {
    const { slots, patients, manager } = await world.addAgenda({ practitioners: 40, slots: 1, patients: 1 });
    const results = await Promise.all(
      slots.map(([slotId], index) =>
        worlds[index % worlds.length]?.mutate('bookAppointment', { slotId, patientId: patients[0] }, manager),
      ),
    );
    expect(results.filter((result) => result?.__typename === 'Appointment')).toHaveLength(1);
    expect(results.filter((result) => result?.__typename === 'PatientAlreadyBooked')).toHaveLength(39);
  });
});
