import type { Clock } from '../clock.ts';
import type { HealthCheck } from './health.ts';

export interface CheckResult {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isUp: boolean;
  readonly latencyMs: number;
}

export interface HealthReport {
  readonly checkedAt: Date;
  readonly checks: readonly CheckResult[];
  /** Every required check is up: the process can serve. */
  readonly isReady: boolean;
  /** Every check is up. */
  readonly isHealthy: boolean;
}

export interface HealthRegistry {
  add(checks: readonly HealthCheck[]): void;
  /** Runs all checks side by side, each within its deadline; an answer younger than a second is given again. */
  report(): Promise<HealthReport>;
}

export interface HealthOptions {
  readonly clock: Clock;
  readonly deadlineMs?: number;
}

/** The checks of one process. Asking often costs the systems behind it nothing: the answer is shared for a second. */
export function createHealthRegistry(options: HealthOptions): HealthRegistry {
  const checks: HealthCheck[] = [];
  let recent: { readonly atMs: number; readonly report: Promise<HealthReport> } | null = null;
  return {
    add: (more) => {
      checks.push(...more);
    },
    report: () => {
      const nowMs = options.clock.now().getTime();
      if (!recent || nowMs - recent.atMs >= freshMs) recent = { atMs: nowMs, report: runAll(checks, options) };
      return recent.report;
    },
  };
}

const freshMs = 1_000;
const defaultDeadlineMs = 2_000;

async function runAll(checks: readonly HealthCheck[], options: HealthOptions): Promise<HealthReport> {
  const results = await Promise.all(checks.map((check) => run(check, options.deadlineMs ?? defaultDeadlineMs)));
  return {
    checkedAt: options.clock.now(),
    checks: results,
    isReady: results.every((result) => result.isUp || !result.isRequired),
    isHealthy: results.every((result) => result.isUp),
  };
}

async function run(check: HealthCheck, deadlineMs: number): Promise<CheckResult> {
  const signal = AbortSignal.timeout(deadlineMs);
  const startedAt = performance.now();
  // Raced, because a check may not listen to its signal.
  const isUp = await Promise.race([
    Promise.resolve()
      .then(() => check.check(signal))
      .then(
        () => true,
        () => false,
      ),
    new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true })),
  ]);
  const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
  return { name: check.name, isRequired: check.isRequired, isUp, latencyMs };
}
