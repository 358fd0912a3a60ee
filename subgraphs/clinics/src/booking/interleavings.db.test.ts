import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Agenda } from '../test-support/agenda.ts';
import { clinicsWorld } from '../test-support/clinics-world.ts';

const db = await testDatabase({ maxConnections: 16 });
const clock = fixedClock(new Date('2026-11-20T15:00:00Z'));
const world = await clinicsWorld(db, { clock });

const index = (max: number) => fc.nat({ max });
const step = fc.oneof(
  fc.record({ do: fc.constant('hold' as const), slot: index(5) }),
  fc.record({ do: fc.constant('release' as const), hold: index(5) }),
  fc.record({ do: fc.constant('bookHeld' as const), hold: index(5), patient: index(2) }),
  fc.record({ do: fc.constant('book' as const), slot: index(5), patient: index(2) }),
  fc.record({ do: fc.constant('cancel' as const), appointment: index(9) }),
  fc.record({ do: fc.constant('reschedule' as const), appointment: index(9), slot: index(5) }),
  fc.record({ do: fc.constant('rescheduleHeld' as const), appointment: index(9), hold: index(5) }),
  fc.record({ do: fc.constant('confirm' as const), appointment: index(9) }),
);
/** What happens at once, and whether holds run out before it. */
const round = fc.record({ hasTimePassed: fc.boolean(), steps: fc.array(step, { minLength: 1, maxLength: 8 }) });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

it('no interleaving of holding, running out, booking, cancelling and moving leaves an overlap or loses an appointment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
      // Two practitioners at the same three times, so that slots clash by practitioner and by patient.
      const agenda = await world.addAgenda({ practitioners: 2, slots: 3, patients: 3 });
      const slots = agenda.slots.flat();
      const holds: { token: unknown; slotId: unknown }[] = [];
      const appointments: unknown[] = [];
      let expected = 0;
      for (const { hasTimePassed, steps } of rounds) {
        if (hasTimePassed) clock.advance(11 * 60_000);
        const results = await Promise.all(steps.map((wish) => run(agenda, slots, holds, appointments, wish)));
        for (const [position, result] of results.entries()) {
          const kind = steps[position]?.do;
          if (result === null || kind === undefined) continue;
          expect(allowed[kind], `${kind} answered ${JSON.stringify(result)}`).toContain(result.reason ?? 'ok');
          if (kind === 'hold' && result.token !== undefined)
            holds.push({ token: result.token, slotId: slotOf(result) });
          if (result.__typename !== 'Appointment') continue;
          if (kind === 'cancel') expected -= 1;
          if (kind === 'book' || kind === 'bookHeld') expected += appointments.includes(result.id) ? 0 : 1;
          if (!appointments.includes(result.id)) appointments.push(result.id);
        }
        expect(await overlaps(agenda)).toEqual([]);
        expect(await db.client.appointment.count({ where: { clinicId: agenda.clinicId, status: 'BOOKED' } })).toBe(
          expected,
        );
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

const taking = ['ok', 'TAKEN', 'PATIENT_ALREADY_BOOKED', 'HOLD_UNKNOWN', 'HOLD_EXPIRED'];
const changing = ['ok', 'NOT_UPCOMING', 'STALE'];
const allowed: Readonly<Record<Step['do'], readonly unknown[]>> = {
  hold: ['ok', 'TAKEN'],
  release: ['ok', 'NOT_FOUND'],
  book: taking,
  bookHeld: taking,
  cancel: changing,
  confirm: changing,
  reschedule: [...taking, ...changing, 'SAME_SLOT'],
  rescheduleHeld: [...taking, ...changing, 'SAME_SLOT'],
};

async function run(
  { patients, manager }: Agenda,
  slots: readonly string[],
  holds: readonly { token: unknown; slotId: unknown }[],
  appointments: readonly unknown[],
  wish: Step,
): Promise<Record<string, unknown> | null> {
  const hold = 'hold' in wish ? holds[wish.hold % Math.max(1, holds.length)] : undefined;
  const id = 'appointment' in wish ? appointments[wish.appointment % Math.max(1, appointments.length)] : undefined;
  const slotId = 'slot' in wish ? slots[wish.slot] : hold?.slotId;
  const isPossible = (!('hold' in wish) || hold !== undefined) && (!('appointment' in wish) || id !== undefined);
  if (!isPossible) return null;
  if (wish.do === 'hold') return world.mutate('holdSlot', { slotId }, manager);
  if (wish.do === 'release') return world.mutate('releaseHold', { token: hold?.token }, manager);
  if (wish.do === 'cancel') return world.mutate('cancelAppointment', { id }, manager);
  if (wish.do === 'confirm') return world.mutate('confirmAppointment', { id }, manager);
  const holdToken = hold?.token ?? null;
  if (wish.do === 'book' || wish.do === 'bookHeld') {
    return world.mutate('bookAppointment', { slotId, holdToken, patientId: patients[wish.patient] }, manager);
  }
  return world.mutate('rescheduleAppointment', { id, slotId, holdToken }, manager);
}

function slotOf({ slot }: Record<string, unknown>): unknown {
  return typeof slot === 'object' && slot !== null && 'id' in slot ? slot.id : null;
}

/** Pairs of active appointments that share a practitioner or a patient and a moment: found by comparing, not by the constraint. */
async function overlaps({ clinicId }: Agenda): Promise<unknown[]> {
  const { rows } = await db.pool.query(
    `SELECT a.id, b.id AS other FROM clinics.appointments a JOIN clinics.appointments b ON a.id < b.id
       AND (a.practitioner_id = b.practitioner_id OR a.patient_id = b.patient_id)
       AND a.start_at < b.end_at AND b.start_at < a.end_at
     WHERE a.clinic_id = $1 AND b.clinic_id = $1
       AND a.status IN ('PROPOSED', 'PENDING', 'BOOKED', 'ARRIVED', 'FULFILLED')
       AND b.status IN ('PROPOSED', 'PENDING', 'BOOKED', 'ARRIVED', 'FULFILLED')`,
    [clinicId],
  );
  return rows;
}
