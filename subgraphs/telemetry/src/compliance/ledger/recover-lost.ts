import type { PrismaClient } from '@cauce/prisma/client';
import type { Regulator } from '../regulators/regulator.ts';
import { endAttempt } from './end-attempt.ts';

const lostAnswer = { outcome: 'LOST_ANSWER', voucher: null, error: 'The sender ended before the answer came' } as const;

/** Ends the attempts whose sender is gone: what they came to is not known, so they count as lost answers. */
export async function recoverLost(
  client: PrismaClient,
  sourceId: string,
  rule: Pick<Regulator, 'afterLostAnswer' | 'afterRejection'>,
  now: Date,
): Promise<void> {
  const lost = await client.$queryRaw<{ submissionId: string; number: number }[]>`
    SELECT s.id::text AS "submissionId", a.number
    FROM telemetry.compliance_submissions s
    JOIN telemetry.submission_attempts a ON a.submission_id = s.id AND a.finished_at IS NULL
    WHERE s.source_id = ${sourceId}::uuid AND s.status = 'SENDING' AND (s.lease_until IS NULL OR s.lease_until <= ${now})
    ORDER BY s.id LIMIT 500`;
  for (const attempt of lost) {
    const known = { httpStatus: null, canVerify: false, previous: 'UNKNOWN', answer: lostAnswer } as const;
    await endAttempt(client, rule, { ...attempt, ...known, now });
  }
}
