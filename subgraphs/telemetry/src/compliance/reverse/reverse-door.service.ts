import type { PrismaClient } from '@cauce/prisma/client';
import { createRegulatorTokens } from '@cauce/shared/auth/regulator-token';
import type { Clock } from '@cauce/shared/clock';
import type { RateLimits } from '@cauce/shared/coordination/rate-limits';
import { AppError } from '@cauce/shared/errors/app-error';
import { hashSecret } from '../one-time-secret.ts';
import { type HistoryPage, type HistoryQuery, readHistory } from './history.store.ts';

export interface RegulatorSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What a regulator reads of us by itself: not as a person of ours, and nothing but what its account's company reports to it. */
export interface ReverseDoor {
  /** Null for a wrong name or password, whichever it was. @throws AppError RATE_LIMITED */
  signIn(username: string, password: string, address: string | null): Promise<RegulatorSession | null>;
  /**
   * A device's history; null for a device that the company has not registered there.
   * @throws AppError UNAUTHENTICATED, TOKEN_EXPIRED, RATE_LIMITED, BAD_USER_INPUT
   */
  history(token: string, query: HistoryQuery): Promise<HistoryPage | null>;
}

const perAccount = { name: 'regulator-sign-in.account', points: 10, windowSeconds: 900 } as const;
const perAddress = { name: 'regulator-sign-in.address', points: 60, windowSeconds: 900 } as const;
const reading = { name: 'regulator-history', points: 60, windowSeconds: 60 } as const;

export function createReverseDoor(deps: {
  readonly client: PrismaClient;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  readonly tokenSecret: string;
}): ReverseDoor {
  const { client, clock, rateLimits } = deps;
  const tokens = createRegulatorTokens(deps.tokenSecret, clock);
  return {
    async signIn(username, password, address) {
      await rateLimits.consume(perAddress, address ?? 'unknown');
      await rateLimits.consume(perAccount, hashSecret(username));
      // No name has it, and the database takes no such text.
      if (username.includes('\0')) return null;
      const account = await client.regulatorAccount.findFirst({
        where: { username, passwordHash: hashSecret(password), revokedAt: null },
      });
      if (account === null) return null;
      await rateLimits.reset(perAccount, hashSecret(username));
      await client.regulatorAccount.updateMany({ where: { id: account.id }, data: { lastUsedAt: clock.now() } });
      return tokens.issue(account.id);
    },

    async history(token, query) {
      const account = await client.regulatorAccount.findFirst({
        where: { id: tokens.read(token), revokedAt: null },
        include: { source: true },
      });
      if (account === null) throw new AppError('UNAUTHENTICATED', 'The account has ended');
      await rateLimits.consume(reading, account.id);
      return readHistory(client, account, query);
    },
  };
}
