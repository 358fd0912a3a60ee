import type { PrismaClient } from '@cauce/prisma/client';
import type { RateLimits } from '@cauce/shared/coordination/rate-limits';
import { z } from 'zod';
import { hashSecret } from '../one-time-secret.ts';

/** What a regulator's voucher says, and nothing of who holds the work or where it is. */
export interface PublicVoucher {
  readonly regulator: string;
  /** As the regulator issued it: the work's code, the device. */
  readonly workCode: string | null;
  readonly slotAt: Date;
  /** IANA zone that the regulator counts in. */
  readonly timeZone: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly voucher: string;
  readonly acceptedAt: Date | null;
  /** When the regulator was asked and held the same. */
  readonly verifiedAt: Date | null;
}

const looking = { name: 'voucher-links', points: 60, windowSeconds: 60 } as const;

/**
 * Reads the voucher behind a link; null for one that never was or has ended, nobody learns which.
 * @throws AppError RATE_LIMITED
 */
export function createPublicVouchers({
  client,
  rateLimits,
}: {
  readonly client: PrismaClient;
  readonly rateLimits: RateLimits;
}): (token: string, address: string | null) => Promise<PublicVoucher | null> {
  return async (token, address) => {
    await rateLimits.consume(looking, address ?? 'unknown');
    const link = await client.voucherLink.findFirst({
      where: { tokenHash: hashSecret(token), revokedAt: null },
      include: { submission: { include: { source: true, config: true } } },
    });
    if (link === null || link.submission.voucher === null) return null;
    const { source, config, slotAt, values, voucher, sentAt, verifiedAt } = link.submission;
    return {
      ...{
        regulator: source.name,
        timeZone: source.timeZone,
        workCode: workCodeOf(config.identifiers),
        slotAt,
        voucher,
      },
      values: Object.entries(z.record(z.string(), z.string()).catch({}).parse(values)).map(([name, value]) => ({
        name,
        value,
      })),
      ...{ acceptedAt: sentAt, verifiedAt },
    };
  };
}

function workCodeOf(identifiers: unknown): string | null {
  const known = z.object({ codigoObra: z.string(), dispositivoId: z.string(), rotulo: z.string() }).partial();
  const { codigoObra, dispositivoId, rotulo } = known.catch({}).parse(identifiers);
  return codigoObra ?? dispositivoId ?? rotulo ?? null;
}
