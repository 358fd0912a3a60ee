import { describe, expect, it } from 'vitest';
import { fixedClock } from '../clock.ts';
import type { HealthCheck } from './health.ts';
import { apiHealthAnswer, livenessAnswer, readinessAnswer } from './health-bodies.ts';
import { createHealthRegistry } from './health-registry.ts';

const up: HealthCheck = { name: 'database', isRequired: true, check: async () => {} };
const down: HealthCheck = {
  name: 'redis',
  isRequired: false,
  check: async () => {
    throw new Error('refused');
  },
};
const facts = { version: '1.0.0', uptimeSeconds: 3600.4, memoryUsedBytes: 262_144_000, memoryTotalBytes: 536_870_912 };

function registry(checks: readonly HealthCheck[], deadlineMs = 50) {
  const clock = fixedClock(new Date('2026-01-16T10:30:00Z'));
  const health = createHealthRegistry({ clock, deadlineMs });
  health.add(checks);
  return { health, clock };
}

describe('health', () => {
  it('is ready but not healthy while something that is not required is down', async () => {
    const report = await registry([up, down]).health.report();
    expect(readinessAnswer(report)).toMatchObject({
      httpStatus: 200,
      body: { status: 'degraded', checks: { database: { status: 'up' }, redis: { status: 'down' } } },
    });
    expect(apiHealthAnswer(report, facts)).toMatchObject({ httpStatus: 200, body: { status: 'unhealthy' } });
  });

  it('is unready while something required is down', async () => {
    const report = await registry([{ ...down, isRequired: true }]).health.report();
    expect(readinessAnswer(report)).toMatchObject({ httpStatus: 503, body: { status: 'unready' } });
    expect(livenessAnswer().httpStatus).toBe(200);
  });

  it('counts a check that does not answer in time as down, and runs checks side by side', async () => {
    let begun = 0;
    const never = (name: string): HealthCheck => ({
      ...{ name, isRequired: true },
      check: () => {
        begun += 1;
        return new Promise(() => {});
      },
    });
    const reporting = registry([never('one'), never('two'), up], 80).health.report();
    await new Promise(setImmediate);
    // Before the first of them can have run out of time.
    expect(begun).toBe(2);
    const report = await reporting;
    expect(report.checks.map((check) => check.isUp)).toEqual([false, false, true]);
  });

  it('counts a check that throws at once as down', async () => {
    const broken: HealthCheck = {
      name: 'broken',
      isRequired: true,
      check: () => {
        throw new Error('at once');
      },
    };
    expect((await registry([broken]).health.report()).isReady).toBe(false);
  });

  it('asks the systems behind it at most once a second, however often it is asked', async () => {
    let asked = 0;
    const counting: HealthCheck = {
      name: 'database',
      isRequired: true,
      check: async () => {
        asked += 1;
      },
    };
    const { health, clock } = registry([counting]);
    await Promise.all([health.report(), health.report(), health.report()]);
    clock.advance(999);
    await health.report();
    expect(asked).toBe(1);
    clock.advance(1);
    await health.report();
    expect(asked).toBe(2);
  });

  it('answers /api/health in the shape the source systems document', async () => {
    const answer = apiHealthAnswer(await registry([up]).health.report(), {
      ...facts,
      metrics: { total_citas_hoy: 123 },
    });
    expect(answer.body).toEqual({
      status: 'healthy',
      timestamp: '2026-01-16T10:30:00.000Z',
      uptime: 3600,
      version: '1.0.0',
      checks: { database: true },
      services: { database: { status: 'up', latency_ms: expect.any(Number) } },
      memory: { used: '250MB', total: '512MB' },
      metrics: { uptime_seconds: 3600, total_citas_hoy: 123 },
    });
  });
});
