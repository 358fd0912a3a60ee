/** One thing a process depends on, and how to ask whether it answers. A rejection or a late answer means "down". */
export interface HealthCheck {
  readonly name: string;
  /** Without it the process cannot serve at all; otherwise it is merely degraded. */
  readonly isRequired: boolean;
  check(signal: AbortSignal): Promise<void>;
}
