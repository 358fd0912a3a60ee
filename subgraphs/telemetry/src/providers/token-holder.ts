import type { Clock } from '@cauce/shared/clock';
import { ProviderFailure } from './provider-failure.ts';

/** Keeps a session token until shortly before it ends. */
export interface TokenHolder {
  /**
   * Works with the token. When the provider refuses it all the same, a new one is asked for, once: a provider may end
   * sessions early. Callers at the same time share one sign-in. A refused sign-in rejects with
   * `SIGN_IN_REFUSED`, and is not tried again by itself: providers lock accounts.
   */
  withToken<Value>(signal: AbortSignal, work: (token: string) => Promise<Value>): Promise<Value>;
  /** Signs in now, whatever is held. */
  renew(signal: AbortSignal): Promise<void>;
}

export interface TokenHolderOptions {
  readonly clock: Clock;
  readonly signIn: (signal: AbortSignal) => Promise<string>;
}

export function createTokenHolder({ clock, signIn }: TokenHolderOptions): TokenHolder {
  let held: { readonly token: string; readonly until: number } | null = null;
  let renewing: Promise<string> | null = null;

  const renew = (signal: AbortSignal): Promise<string> => {
    renewing ??= signIn(signal)
      .then((token) => {
        held = { token, until: renewalTime(token, clock.now().getTime()) };
        return token;
      })
      .catch((error: unknown) => {
        const isRefused = error instanceof ProviderFailure && ['UNAUTHORISED', 'FORBIDDEN'].includes(error.kind);
        throw isRefused ? new ProviderFailure('SIGN_IN_REFUSED', error.message) : error;
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };
  const current = (signal: AbortSignal): Promise<string> =>
    held !== null && clock.now().getTime() < held.until ? Promise.resolve(held.token) : renew(signal);

  return {
    renew: async (signal) => {
      await renew(signal);
    },
    withToken: async (signal, work) => {
      const token = await current(signal);
      try {
        return await work(token);
      } catch (error) {
        if (!(error instanceof ProviderFailure) || error.kind !== 'UNAUTHORISED') throw error;
        // Somebody else may have renewed it while this call was under way.
        if (held?.token === token) held = null;
        return work(await current(signal));
      }
    },
  };
}

const earlyMs = 60_000;
/** Against a clock that runs ahead, which would sign in for every call. */
const shortestMs = 300_000;
const unknownMs = 3_300_000;

/** A minute before the token's `exp`, but not within five minutes; 55 minutes when it cannot be read. */
export function renewalTime(token: string, now: number): number {
  const expiresAt = readExpiry(token);
  return expiresAt === null ? now + unknownMs : Math.max(now + shortestMs, expiresAt - earlyMs);
}

function readExpiry(token: string): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const isObject = typeof claims === 'object' && claims !== null && 'exp' in claims;
    return isObject && typeof claims.exp === 'number' ? claims.exp * 1_000 : null;
  } catch {
    return null;
  }
}
