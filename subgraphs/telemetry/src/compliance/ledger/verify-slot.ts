import type { PrismaClient } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { RegistrationProblem, type RegulatorClient, type Verification } from '../regulators/regulator.ts';
import { heldDifferently } from '../submission.ts';
import { askRegulator } from './call-regulator.ts';
import type { OpenSlot } from './claim-slot.ts';
import { movedEvent } from './ledger-events.ts';

export interface VerifyDeps {
  readonly client: PrismaClient;
  readonly http: HttpClient;
  readonly clock: Clock;
}

type SentSlot = OpenSlot & { readonly voucher: string; readonly verifyAttempts: number };

const asksAtMost = 6;

/** Asks the regulator for one accepted slot whose time to ask has come; false when there is none. */
export async function verifyNext(
  deps: VerifyDeps,
  sourceId: string,
  options: { readonly system: string; readonly open: (slot: OpenSlot) => RegulatorClient },
): Promise<boolean> {
  const { client, clock } = deps;
  const slot = await takeNext(client, sourceId, clock.now());
  if (slot === null) return false;
  const result = await ask(deps, slot, options);
  const now = clock.now();
  await client.$transaction(async (tx) => {
    const isLast = slot.verifyAttempts >= asksAtMost;
    if (result === 'UNCLEAR' && !isLast) return;
    const said = result === 'DIFFERENT' ? heldDifferently : 'Could not be verified';
    const data =
      result === 'CONFIRMED'
        ? ({ status: 'VERIFIED', verifiedAt: now, verifyAt: null, lastError: null } as const)
        : { verifyAt: null, lastError: said };
    const { count } = await tx.complianceSubmission.updateMany({ where: { id: slot.id, status: 'SENT' }, data });
    if (count === 0) return;
    await appendEvents(tx, [movedEvent(slot, 'SENT', result === 'CONFIRMED' ? 'VERIFIED' : 'SENT', now)]);
  });
  return true;
}

async function ask(
  { http }: VerifyDeps,
  slot: SentSlot,
  { system, open }: { readonly system: string; readonly open: (slot: OpenSlot) => RegulatorClient },
): Promise<Verification> {
  const sent = { slotAt: slot.slotAt, values: slot.values ?? {} };
  try {
    const regulator = open(slot);
    const request = regulator.verification(sent, slot.voucher);
    if (request === null) return 'UNCLEAR';
    const response = await askRegulator(http, system, request);
    return response === null ? 'UNCLEAR' : regulator.readVerification(sent, response);
  } catch (error) {
    if (error instanceof RegistrationProblem) return 'UNCLEAR';
    throw error;
  }
}

/** Moves the time to ask on before asking, so that two workers do not ask at once and a failure is asked again later. */
async function takeNext(client: PrismaClient, sourceId: string, now: Date): Promise<SentSlot | null> {
  const [slot] = await client.$queryRaw<SentSlot[]>`
    WITH next AS (
      SELECT id FROM telemetry.compliance_submissions
      WHERE source_id = ${sourceId}::uuid AND status = 'SENT' AND verify_at <= ${now} AND voucher IS NOT NULL
      ORDER BY verify_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE telemetry.compliance_submissions s
    SET verify_attempts = s.verify_attempts + 1, verify_at = ${now}::timestamptz + interval '30 minutes' * power(2, s.verify_attempts)
    FROM next, telemetry.compliance_configs c
    WHERE next.id = s.id AND c.id = s.config_id
    RETURNING s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
      s.config_id::text AS "configId", s.slot_at AS "slotAt", s.status::text AS status, s.values, s.attempts, s.voucher,
      s.verify_attempts AS "verifyAttempts", c.maximum_attempts AS "maximumAttempts", c.identifiers, c.config,
      c.credentials_encrypted AS "credentialsEncrypted"`;
  return slot ?? null;
}
