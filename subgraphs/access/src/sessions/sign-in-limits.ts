import type { RateLimit, RateLimits } from '@cauce/shared/coordination/rate-limits';

const perAccount: RateLimit = { name: 'sign-in.account', points: 10, windowSeconds: 15 * 60 };
/** An office shares one address, so this one is wide; it stops who tries many accounts. */
const perAddress: RateLimit = { name: 'sign-in.address', points: 200, windowSeconds: 15 * 60 };
const perPasswordChange: RateLimit = { name: 'change-password.user', points: 10, windowSeconds: 15 * 60 };

/** How often passwords may be guessed. Each `allow…` throws `RATE_LIMITED` when it was too often. */
export interface GuessLimits {
  allowSignIn(email: string, address: string | null): Promise<void>;
  /** Forgets the failures of an account. Those of an address stay, or one good account would pay for guesses at all others. */
  forgiveAccount(email: string): Promise<void>;
  allowPasswordCheck(userId: string): Promise<void>;
  forgiveUser(userId: string): Promise<void>;
}

export function createGuessLimits(rateLimits: RateLimits): GuessLimits {
  return {
    async allowSignIn(email, address) {
      await rateLimits.consume(perAddress, address ?? 'unknown');
      await rateLimits.consume(perAccount, email);
    },
    forgiveAccount: (email) => rateLimits.reset(perAccount, email),
    allowPasswordCheck: (userId) => rateLimits.consume(perPasswordChange, userId),
    forgiveUser: (userId) => rateLimits.reset(perPasswordChange, userId),
  };
}
