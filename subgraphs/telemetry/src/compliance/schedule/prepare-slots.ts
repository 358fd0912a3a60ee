import type { PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import { type MovedSlot, movedEvent } from '../ledger/ledger-events.ts';
import { type PreparedSlot, RegistrationProblem, type Regulator } from '../regulators/regulator.ts';
import type { SubmissionStatus } from '../submission.ts';
import { readSlot } from './slot-readings.ts';

interface ComingSlot extends MovedSlot {
  readonly slotAt: Date;
  readonly code: string;
  readonly aggregation: string;
  readonly mode: 'SHADOW' | 'LIVE';
  readonly identifiers: unknown;
  readonly config: unknown;
  readonly stoppedReason: string | null;
  readonly isStopped: boolean;
}

/** A logger that was cut off may still send what it kept. */
const waitForReadingsMs = 12 * 3_600_000;
const slotsAtMost = 200;

/**
 * Takes the values of slots whose time has come and freezes them: what is sent again later is the same. Without
 * readings a slot waits half a day and is skipped then. Answers how many slots moved.
 */
export async function prepareSlots(
  client: PrismaClient,
  regulators: ReadonlyMap<string, Regulator>,
  now: Date,
): Promise<number> {
  let moved = 0;
  for (let taken = 0; taken < slotsAtMost; taken += 1) {
    const result = await client.$transaction((tx) => prepareNext(tx, regulators, now));
    if (result === 'NONE') break;
    if (result === 'MOVED') moved += 1;
  }
  return moved;
}

async function prepareNext(
  tx: DatabaseTransaction,
  regulators: ReadonlyMap<string, Regulator>,
  now: Date,
): Promise<'MOVED' | 'WAITS' | 'NONE'> {
  const slot = await nextComing(tx, now);
  if (slot === null) return 'NONE';
  const move = async (status: SubmissionStatus, data: object = {}): Promise<'MOVED'> => {
    await tx.complianceSubmission.update({ where: { id: slot.id }, data: { status, ...data } });
    await appendEvents(tx, [movedEvent(slot, 'SCHEDULED', status, now)]);
    return 'MOVED';
  };
  if (slot.isStopped) return move('STOPPED', { lastError: slot.stoppedReason });
  try {
    const regulator = regulators.get(slot.code);
    if (regulator === undefined) throw new RegistrationProblem(`Nothing is known of how to speak to ${slot.code}`);
    const { identifiers, config } = slot;
    const readings = await readSlot(tx, slot.pointId, slot.slotAt, slot.aggregation);
    const prepared: PreparedSlot = regulator
      .open({ source: {}, identifiers, config, credentials: {} })
      .prepare(readings);
    if (prepared.isReady) {
      return await move(slot.mode === 'LIVE' ? 'DUE' : 'SHADOWED', { values: prepared.values, lastError: null });
    }
    // What a person decided before, to have it sent, is not what it came to.
    if (now.getTime() - slot.slotAt.getTime() > waitForReadingsMs)
      return await move('SKIPPED', { lastError: prepared.reason, resolvedBy: null, resolution: null });
    const later = new Date(now.getTime() + 10 * 60_000);
    await tx.complianceSubmission.update({
      where: { id: slot.id },
      data: { notBefore: later, lastError: prepared.reason },
    });
    return 'WAITS';
  } catch (error) {
    if (error instanceof RegistrationProblem) return move('NEEDS_REVIEW', { lastError: error.message });
    throw error;
  }
}

async function nextComing(tx: DatabaseTransaction, now: Date): Promise<ComingSlot | null> {
  const [slot] = await tx.$queryRaw<ComingSlot[]>`
    SELECT s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
           s.slot_at AS "slotAt", r.code, coalesce(d.aggregation, 'INSTANT') AS aggregation, c.mode::text AS mode,
           c.identifiers, c.config, c.stopped_at IS NOT NULL AS "isStopped", c.stopped_reason AS "stoppedReason"
    FROM telemetry.compliance_submissions s
    JOIN telemetry.compliance_configs c ON c.id = s.config_id
    JOIN telemetry.compliance_sources r ON r.id = s.source_id
    JOIN telemetry.catchment_points p ON p.id = s.point_id
    LEFT JOIN telemetry.compliance_schedules d ON d.source_id = r.id AND d.standard = p.standard
    WHERE s.status = 'SCHEDULED' AND s.not_before <= ${now} AND c.mode <> 'OFF' AND c.is_active
    ORDER BY s.not_before, s.id LIMIT 1
    FOR UPDATE OF s SKIP LOCKED`;
  return slot ?? null;
}
