import { createSecretBox, type SecretBox } from '@cauce/shared/crypto/secret-box';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import type { CarrierOutcome } from './carriers/carrier.ts';
import type { Carriers } from './carriers/create-carriers.ts';
import { type ClaimedDelivery, claimDue, type Settlement, settle } from './deliveries-queue.store.ts';
import { afterQuietHours } from './due-time.ts';
import { digestText } from './message-text.ts';

export type SendNotifications = JobDefinition<Record<string, unknown>>;

const [seconds, minutes, hours] = [1_000, 60_000, 3_600_000];
/** Pauses after the first try, the second, and so on; after the last it is given up. */
const pausesMs = [30 * seconds, 2 * minutes, 10 * minutes, 30 * minutes, 2 * hours, 6 * hours] as const;

/**
 * Sends what is due: woken by whoever planned something, and each minute for what had to wait. Runs in as many workers
 * as there are; each message is in the hand of one.
 */
export function createSendNotifications(deps: Deps, carriers: Carriers): SendNotifications {
  const { db, clock, metrics } = deps;
  const secretBox = createSecretBox(deps.settings.encryptionKey);
  return defineJob({
    name: 'telemetry.send-notifications',
    data: z.object({}).loose(),
    // The next minute is a better try than a repeated one.
    retryLimit: 0,
    expireInSeconds: 300,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { signal }) => {
      while (!signal.aborted) {
        const due = await claimDue(db, clock.now());
        if (due.length === 0) return;
        await Promise.all(groupsOf(due).map((group) => deliver(group)));
      }
    },
  });

  async function deliver(group: readonly ClaimedDelivery[]): Promise<void> {
    const outcome = await carry(group, carriers, secretBox);
    // Each by its own tries: what is new in a digest is not given up with what is old.
    for (const [attempts, own] of Map.groupBy(group, (delivery) => delivery.attempts)) {
      const settlement = settlementOf(outcome, attempts, clock.now(), own[0]?.quiet ?? null);
      await settle(db, own, settlement, clock.now());
      const labels = { channel: own[0]?.channel ?? '', status: settlement.status };
      metrics.count('cauce_notifications_total', 'Tries to tell somebody', labels, own.length);
    }
  }
}

/** What goes out as one message: digested ones by recipient and channel, each of the others by itself. */
function groupsOf(due: readonly ClaimedDelivery[]): readonly (readonly ClaimedDelivery[])[] {
  const groups = Map.groupBy(due, ({ id, isDigested, recipientId, channel }) =>
    isDigested && recipientId !== null ? `${recipientId}:${channel}` : id,
  );
  return [...groups.values()];
}

async function carry(
  group: readonly ClaimedDelivery[],
  carriers: Carriers,
  secretBox: SecretBox,
): Promise<CarrierOutcome | 'kept'> {
  const [first] = group;
  if (first === undefined) return 'kept';
  const carrier = carriers[first.channel];
  if (carrier === null) return 'kept';
  const to = addressOf(first, secretBox);
  if (to === null) return { kind: 'failed', error: 'NO_ADDRESS', isFinal: true };
  const text = digestText(group, first.language);
  return carrier.send({ id: first.id, event: first.event, to, ...text });
}

function addressOf({ channel, address, recipientId, webhookUrlEncrypted }: ClaimedDelivery, secretBox: SecretBox) {
  if (channel !== 'WEBHOOK') return address;
  if (recipientId === null || webhookUrlEncrypted === null) return null;
  try {
    return secretBox.open(webhookUrlEncrypted, hookContext(recipientId));
  } catch {
    // Sealed with a key that is gone: the recipient has to be saved again.
    return null;
  }
}

/** What a sealed hook belongs to, so that it opens nowhere else. */
export function hookContext(recipientId: string): string {
  return `notification-recipient:${recipientId}`;
}

/** The next try keeps to the quiet hours too. */
function settlementOf(
  outcome: CarrierOutcome | 'kept',
  attempts: number,
  now: Date,
  quiet: ClaimedDelivery['quiet'],
): Settlement {
  if (outcome === 'kept') return { status: 'KEPT', error: null, retryAt: null };
  if (outcome.kind === 'sent') return { status: 'SENT', error: null, retryAt: null };
  const pauseMs = outcome.isFinal ? undefined : pausesMs[attempts - 1];
  if (pauseMs === undefined) return { status: 'FAILED', error: outcome.error, retryAt: null };
  const retryAt = new Date(now.getTime() + pauseMs);
  return {
    status: 'PENDING',
    error: outcome.error,
    retryAt: quiet === null ? retryAt : afterQuietHours(retryAt, quiet),
  };
}
