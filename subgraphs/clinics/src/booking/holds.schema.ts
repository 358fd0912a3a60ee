import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { SlotUnavailable } from './booking.errors.ts';

/** Adds `holdSlot` and `releaseHold`. */
export function addHolds(builder: ClinicsBuilder, { hold, slot }: ClinicsRefs): void {
  hold.implement({
    description: 'A slot that is kept for whoever has the token.',
    fields: (t) => ({
      token: t.exposeID('token', { description: 'Give it to `bookAppointment`; told once, to who held the slot.' }),
      heldUntil: t.expose('heldUntil', { type: 'DateTime', description: 'When the slot is free again by itself.' }),
      slot: t.field({
        type: slot,
        nullable: true,
        description: 'The slot.',
        resolve: ({ slotId }, _args, { services }) => services.slots.byId(slotId),
      }),
    }),
  });
  const holdInput = builder.inputType('HoldSlotInput', {
    description: 'A slot to hold.',
    fields: (t) => ({ slotId: t.id({ description: 'The slot.' }) }),
  });
  const releaseInput = builder.inputType('ReleaseHoldInput', {
    description: 'A hold to let go.',
    fields: (t) => ({ token: t.id({ description: 'The token of the hold.' }) }),
  });
  builder.mutationField('holdSlot', (t) =>
    t.field({
      type: hold,
      description: 'Keeps a slot for some minutes (`Clinic.holdMinutes`). Of many who ask at once, one gets it.',
      authScopes: { permission: 'clinics:write' },
      errors: { types: [NotFound, SlotUnavailable, ValidationFailed], union: { name: 'HoldSlotResult' } },
      args: { input: t.arg({ type: holdInput, description: 'Which slot.' }) },
      resolve: async (_root, { input }, { services }) => {
        const held = await services.holds.hold(input);
        services.forgetLoaded();
        return held;
      },
    }),
  );
  builder.mutationField('releaseHold', (t) =>
    t.field({
      type: slot,
      description: 'Lets a held slot go before its time; answers the slot. NotFound when the hold is over or was used.',
      authScopes: { permission: 'clinics:write' },
      errors: { types: [NotFound, ValidationFailed], union: { name: 'ReleaseHoldResult' } },
      args: { input: t.arg({ type: releaseInput, description: 'Which hold.' }) },
      resolve: async (_root, { input }, { services }) => {
        const slotId = await services.holds.release(input);
        services.forgetLoaded();
        const released = await services.slots.byId(slotId);
        if (released === null) throw new NotFound('Slot');
        return released;
      },
    }),
  );
}
