import { describe, expect, it } from 'vitest';
import { clientWith } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

const platform = joinPlatform();

async function get(path: string) {
  const response = await fetch(`${platform.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

describe('the doors for orchestrators and monitors', () => {
  it('/healthz says that the process runs', async () => {
    const { status, text } = await get('/healthz');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: 'ok' });
  });

  it('/readyz names what it needs, each with how long it took', async () => {
    const { status, text } = await get('/readyz');
    expect(status).toBe(200);
    const body: unknown = JSON.parse(text);
    expect(body).toMatchObject({
      status: 'ready',
      checks: { database: { status: 'up', latencyMs: expect.any(Number) } },
    });
  });

  it('/api/health has the shape that the source systems’ monitors read', async () => {
    const { status, text } = await get('/api/health');
    expect(status).toBe(200);
    const body = JSON.parse(text) as { checks: Record<string, boolean>; services: Record<string, unknown> };
    expect(body).toMatchObject({
      status: 'healthy',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      uptime: expect.any(Number),
      version: expect.any(String),
      memory: { used: expect.stringMatching(/^\d+MB$/), total: expect.stringMatching(/^\d+MB$/) },
      metrics: { uptime_seconds: expect.any(Number) },
    });
    expect(Object.keys(body.services)).toEqual(Object.keys(body.checks));
    expect(Object.values(body.checks).every((check) => check === true)).toBe(true);
    for (const service of Object.values(body.services))
      expect(service).toEqual({ status: 'up', latency_ms: expect.any(Number) });
  });

  it('/metrics is what Prometheus reads, and holds no name, address or token of anybody', async () => {
    await clientWith(platform, null).ask(
      'mutation { signIn(input: { email: "gerente@cauce.example", password: "x" }) { __typename } }',
    );
    const { status, type, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(type).toContain('text/plain');
    expect(text).toMatch(/^# TYPE process_cpu_user_seconds_total counter$/m);
    expect(text).toMatch(/^\w+(\{[^}]*\})? [\d.e+-]+$/m);
    expect(text).not.toMatch(/cauce\.example|eyJ|postgres(ql)?:\/\//);
  });

  it('none of them tells the password or the address of the database', async () => {
    for (const path of ['/healthz', '/readyz', '/api/health', '/metrics'])
      expect((await get(path)).text).not.toMatch(/postgresql:|127\.0\.0\.1:\d{4,}/);
  });
});
