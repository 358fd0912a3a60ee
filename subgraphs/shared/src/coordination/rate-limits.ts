export interface RateLimit {
  /** Names the limit in errors and metrics: `sign-in.account`. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** How long a key that ran dry stays shut; the window's rest by default. */
  readonly blockSeconds?: number;
}

export interface RateLimits {
  /** Takes points, or throws `AppError('RATE_LIMITED')` with `retryAfterSeconds` in its detail. */
  consume(limit: RateLimit, key: string, points?: number): Promise<void>;
  /** Forgets what a key has used, for example after a successful sign-in. */
  reset(limit: RateLimit, key: string): Promise<void>;
  close(): Promise<void>;
}
