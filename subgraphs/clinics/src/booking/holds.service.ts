import { randomUUID } from 'node:crypto';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { unscoped } from '@cauce/shared/db/scoped-client';
import { NotFound } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import { statsChange } from '../events.ts';
import { SlotUnavailable } from './booking.errors.ts';
import { type BookingStore, TimeTaken } from './booking.store.ts';
import { holdSchema, releaseSchema } from './booking-input.ts';
import { checkOpen, placeOf } from './slot-rules.ts';

/** A slot kept for whoever has the token, until `heldUntil`. */
export interface SlotHold {
  readonly token: string;
  readonly heldUntil: Date;
  readonly slotId: string;
}

export interface Holds {
  /** @throws NotFound, SlotUnavailable or ValidationFailed */
  hold(input: unknown): Promise<SlotHold>;
  /** Lets the slot go before its time; answers the slot's id. @throws NotFound or ValidationFailed */
  release(input: unknown): Promise<string>;
}

export interface HoldsDeps {
  readonly store: BookingStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

/** Holding slots. A hold is an appointment without a patient: the same constraint lets only one have the time. */
export function createHolds({ store, clock, actor }: HoldsDeps): Holds {
  return {
    async hold(input) {
      const { slotId } = parseInput(holdSchema, input);
      const take = store.transaction(async (writes, tx) => {
        const slot = await writes.lockSlot(slotId);
        if (slot === null) throw new NotFound('Slot');
        // Read after the lock: who waited for it must not compare with the time of before.
        const now = clock.now();
        checkOpen(slot, now);
        const { practitionerId, startAt, endAt, siteId, companyId, holdMinutes } = slot;
        await writes.dropRunOutHolds({ practitionerId, patientId: null, startAt, endAt }, now);
        const token = randomUUID();
        const heldUntil = new Date(now.getTime() + holdMinutes * 60_000);
        const channel = actor.viewer.kind === 'apiKey' ? 'API' : 'STAFF';
        const createdBy = actor.viewer.userId;
        const held = { status: 'PROPOSED', holdToken: token, heldUntil, channel, createdBy, createdAt: now } as const;
        await writes.insert({ ...placeOf(slot), ...held });
        await recordAudit(tx, actor, {
          ...{ action: 'clinics.holdSlot', entityType: 'Slot', entityId: slotId, siteId, companyId },
          after: { heldUntil },
        });
        await appendEvents(unscoped(tx), [statsChange(slot, now)]);
        return { token, heldUntil, slotId };
      });
      return take.catch((error: unknown) => {
        throw error instanceof TimeTaken ? new SlotUnavailable('TAKEN', slotId) : error;
      });
    },

    async release(input) {
      const { token } = parseInput(releaseSchema, input);
      return store.transaction(async (writes, tx) => {
        const hold = await writes.byToken(token);
        if (hold?.slotId == null || hold.status !== 'PROPOSED' || !(await writes.removeHold(hold))) {
          throw new NotFound('SlotHold');
        }
        const { slotId, siteId, companyId, heldUntil } = hold;
        await recordAudit(tx, actor, {
          ...{ action: 'clinics.releaseHold', entityType: 'Slot', entityId: slotId, siteId, companyId },
          before: { heldUntil },
        });
        await appendEvents(unscoped(tx), [statsChange(hold, clock.now())]);
        return slotId;
      });
    },
  };
}
