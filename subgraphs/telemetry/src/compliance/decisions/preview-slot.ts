import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { RegistrationProblem, type WireValues } from '../regulators/regulator.ts';
import { regulators } from '../regulators/regulators.ts';
import { readSlot } from '../schedule/slot-readings.ts';

/** What would be sent for a slot by the readings of this moment: its values, or why there is nothing to send. */
export interface SlotPreview {
  readonly values: WireValues | null;
  readonly reason: string | null;
}

/** Prepares a slot as the ledger would, and writes nothing; null for one that is out of reach. */
export function previewSlot(client: ScopedClient, id: string): Promise<SlotPreview | null> {
  return client.$transaction(async (tx) => {
    const slot = await tx.complianceSubmission.findFirst({
      where: { id: { in: onlyUuids([id]) } },
      include: { source: true, config: true, point: true },
    });
    if (slot === null) return null;
    const { source, config, point, pointId, slotAt } = slot;
    const schedule = await tx.complianceSchedule.findFirst({
      where: { sourceId: source.id, standard: point.standard ?? { in: [] } },
    });
    const regulator = regulators.get(source.code);
    if (regulator === undefined) return { values: null, reason: `Nothing is known of how to speak to ${source.code}` };
    try {
      const { identifiers, config: settings } = config;
      const opened = regulator.open({ source: {}, identifiers, config: settings, credentials: {} });
      const prepared = opened.prepare(
        await readSlot(unscoped(tx), pointId, slotAt, schedule?.aggregation ?? 'INSTANT'),
      );
      return prepared.isReady ? { values: prepared.values, reason: null } : { values: null, reason: prepared.reason };
    } catch (error) {
      if (!(error instanceof RegistrationProblem)) throw error;
      return { values: null, reason: error.message };
    }
  });
}
