import type { HealthReport } from './health-registry.ts';

export interface HealthAnswer {
  readonly httpStatus: 200 | 503;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `GET /healthz`: the process runs. Asks nobody, so that a slow database does not get processes killed. */
export function livenessAnswer(): HealthAnswer {
  return { httpStatus: 200, body: { status: 'ok' } };
}

/** `GET /readyz`: whether to send it requests. */
export function readinessAnswer(report: HealthReport): HealthAnswer {
  const checks = Object.fromEntries(
    report.checks.map((check) => [check.name, { status: check.isUp ? 'up' : 'down', latencyMs: check.latencyMs }]),
  );
  const status = report.isHealthy ? 'ready' : report.isReady ? 'degraded' : 'unready';
  return { httpStatus: report.isReady ? 200 : 503, body: { status, checks } };
}

export interface ProcessFacts {
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
  /** Figures of the moment for people who watch: open conversations, appointments of today. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/**
 * `GET /api/health`: the shape that the source systems' monitors read. `checks` are booleans and `services` the same
 * with latency; `status` is `unhealthy` as soon as anything is down, while HTTP 503 is kept for not being able to serve.
 */
export function apiHealthAnswer(report: HealthReport, facts: ProcessFacts): HealthAnswer {
  const uptime = Math.floor(facts.uptimeSeconds);
  return {
    httpStatus: report.isReady ? 200 : 503,
    body: {
      status: report.isHealthy ? 'healthy' : 'unhealthy',
      timestamp: report.checkedAt.toISOString(),
      uptime,
      version: facts.version,
      checks: Object.fromEntries(report.checks.map((check) => [check.name, check.isUp])),
      services: Object.fromEntries(
        report.checks.map((check) => [
          check.name,
          { status: check.isUp ? 'up' : 'down', latency_ms: Math.round(check.latencyMs) },
        ]),
      ),
      memory: { used: megabytes(facts.memoryUsedBytes), total: megabytes(facts.memoryTotalBytes) },
      metrics: { uptime_seconds: uptime, ...facts.metrics },
    },
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)}MB`;
}
