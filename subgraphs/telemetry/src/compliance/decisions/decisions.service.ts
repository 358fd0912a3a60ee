import type { Prisma } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import { z } from 'zod';
import { movedEvent } from '../ledger/ledger-events.ts';
import { resendAfterMs } from '../ledger/ledger-state.ts';
import { regulators } from '../regulators/regulators.ts';
import type { Submission, SubmissionStatus } from '../submission.ts';
import { previewSlot, type SlotPreview } from './preview-slot.ts';

export const submissionDecisions = ['ACCEPTED', 'SEND_AGAIN', 'DISMISSED', 'TAKEN_BACK'] as const;

/** What people decide about slots. Each decision is audited and told of in its transaction. */
export interface Decisions {
  /** What would be sent for a slot now; null for one that is out of reach. */
  preview(submissionId: string): Promise<SlotPreview | null>;
  /** @throws NotFound, Conflict (`NOT_LIVE`, `STOPPED`, `NOT_YET`, `NOT_SENDABLE`, `STALE`) or ValidationFailed */
  submit(input: unknown): Promise<Submission>;
  /** @throws NotFound, Conflict (`NOT_OPEN`, `NOT_LIVE`, `HELD_BY_REGULATOR`, `STALE`) or ValidationFailed */
  resolve(input: unknown): Promise<Submission>;
}

export interface DecisionsDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

type Seen = Prisma.ComplianceSubmissionGetPayload<{ include: { source: true; config: true; attemptRows: true } }>;
type Change = Prisma.ComplianceSubmissionUpdateManyMutationInput & { readonly status: SubmissionStatus };

export function createDecisions({ client, clock, actor }: DecisionsDeps): Decisions {
  const decide = (action: string, id: string, change: (seen: Seen) => Change): Promise<Submission> =>
    client.$transaction(async (tx) => {
      const include = { source: true, config: true, attemptRows: true } as const;
      const before = await tx.complianceSubmission.findFirst({ where: { id }, include });
      if (before === null) throw new NotFound('ComplianceSubmission');
      const data = change(before);
      // A sender may have taken it meanwhile.
      const { count } = await tx.complianceSubmission.updateMany({
        where: { id, status: before.status, updatedAt: before.updatedAt },
        data,
      });
      if (count === 0) throw new Conflict('STALE', 'The slot has moved on meanwhile: read it again');
      const after = await tx.complianceSubmission.findFirst({ where: { id }, include: { source: true } });
      if (after === null) throw new NotFound('ComplianceSubmission');
      const { siteId, companyId, status, voucher, lastError } = before;
      await recordAudit(tx, actor, {
        ...{ action: `telemetry.${action}`, entityType: 'ComplianceSubmission', entityId: id, siteId, companyId },
        ...{ before: { status, voucher, lastError }, after },
      });
      await appendEvents(unscoped(tx), [movedEvent(after, status, after.status, clock.now())]);
      return after;
    });

  return {
    preview: (submissionId) => previewSlot(client, submissionId),
    submit: (input) => {
      const { submissionId } = parseInput(z.object({ submissionId: z.uuid() }), input);
      return decide('submitCompliance', submissionId, ({ status, slotAt, attempts, config }) => {
        const now = clock.now();
        if (config.mode !== 'LIVE') throw new Conflict('NOT_LIVE', 'The point is not reported');
        if (config.stoppedAt !== null) throw new Conflict('STOPPED', 'Put right first what the regulator refused');
        if (slotAt.getTime() > now.getTime()) throw new Conflict('NOT_YET', 'Its time has not come');
        if (attempts > 0 || !['SCHEDULED', 'SKIPPED', 'SHADOWED', 'STOPPED'].includes(status)) {
          throw new Conflict('NOT_SENDABLE', 'It was sent, or will be by itself');
        }
        return { status: 'SCHEDULED', notBefore: now, lastError: null, resolvedBy: null, resolution: null };
      });
    },
    resolve: (input) => {
      const given = parseInput(resolveSchema, input);
      return decide('resolveSubmission', given.submissionId, (seen) => resolved(seen, given, clock.now(), actor));
    },
  };
}

const resolveSchema = z.object({
  submissionId: z.uuid(),
  decision: z.enum(submissionDecisions),
  voucher: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .nullish(),
  reason: z
    .string()
    .trim()
    .min(3)
    .max(500)
    .regex(/^[^\0]*$/),
});

const openStates: readonly SubmissionStatus[] = ['NEEDS_REVIEW', 'REJECTED', 'STOPPED', 'SKIPPED', 'UNKNOWN'];
/** Sent by themselves, but only while the point is reported. */
const waitingStates: readonly SubmissionStatus[] = ['DUE', 'RETRY_NEXT_DAY'];
const acceptedOutcomes: readonly unknown[] = ['ACCEPTED', 'DUPLICATE_WITH_VOUCHER'];
const heldOutcomes: readonly unknown[] = [
  ...acceptedOutcomes,
  ...['ACCEPTED_WITHOUT_VOUCHER', 'DUPLICATE_WITHOUT_VOUCHER'],
];

function resolved(
  seen: Seen,
  { decision, voucher, reason }: z.output<typeof resolveSchema>,
  now: Date,
  { viewer }: AuditActor,
): Change {
  const { status, values, source, config, attemptRows } = seen;
  const by = { resolvedBy: viewer.userId, resolution: `${decision}: ${reason}` };
  if (decision === 'TAKEN_BACK') return { ...by, ...takenBack(seen) };
  const waits = waitingStates.includes(status) || (status === 'SCHEDULED' && config.mode === 'OFF');
  const isReported = config.mode === 'LIVE' && config.stoppedAt === null;
  if (!openStates.includes(status) && (!waits || isReported)) {
    throw new Conflict('NOT_OPEN', 'The slot needs no decision');
  }
  if (decision === 'DISMISSED') return { ...by, status: 'SKIPPED', verifyAt: null };
  if (decision === 'ACCEPTED') {
    if (voucher == null) {
      throw new ValidationFailed([
        { path: 'voucher', code: 'REQUIRED', message: 'say what the regulator gave for it' },
      ]);
    }
    const verifyAt = regulators.get(source.code)?.canVerify ? now : null;
    return { ...by, status: 'SENT', voucher, sentAt: now, verifyAt, lastError: null };
  }
  if (status === 'UNKNOWN' || waits) throw new Conflict('NOT_OPEN', 'It is sent again by itself once its rule allows');
  if (config.mode === 'OFF') throw new Conflict('NOT_LIVE', 'The point is switched off: nothing is sent');
  if (attemptRows.some(({ outcome }) => heldOutcomes.includes(outcome))) {
    throw new Conflict('HELD_BY_REGULATOR', 'The regulator has it already: it is never sent again');
  }
  const made = attemptRows.filter(({ outcome }) => outcome !== 'NOT_SENT').map(({ startedAt }) => startedAt.getTime());
  const notBefore = new Date(Math.max(now.getTime(), ...made.map((at) => at + resendAfterMs)));
  return { ...by, status: values === null ? 'SCHEDULED' : 'DUE', notBefore };
}

/** A voucher that a person typed is as good as their word; one that a call brought, or that was verified, stands. */
function takenBack({ status, resolvedBy, attemptRows }: Seen): Change {
  const isTyped = resolvedBy !== null && !attemptRows.some(({ outcome }) => acceptedOutcomes.includes(outcome));
  if (status !== 'SENT' || !isTyped) throw new Conflict('NOT_OPEN', 'There is no voucher that a person has typed');
  return {
    ...{ status: 'NEEDS_REVIEW', voucher: null, sentAt: null },
    ...{ verifyAt: null, verifyAttempts: 0, lastError: null },
  };
}
