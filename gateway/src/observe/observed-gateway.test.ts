import { createLog } from '@cauce/shared/log/create-log';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import { silentLog } from '@cauce/shared/test/silent-log';
import { describe, expect, it } from 'vitest';
import { createExecutor } from '../execute/executor.ts';
import { createScope } from '../execute/test/shop-gateway.ts';
import { createShopSchemas, shopSupergraph } from '../execute/test/shop-graph.ts';
import { createShopWorld } from '../execute/test/shop-world.ts';
import { createInProcessTransport } from '../transports/in-process.ts';
import type { Transport } from '../transports/transport.ts';
import { createObserver } from './create-observer.ts';

function observedShop(breaks: ReadonlySet<string> = new Set()) {
  const lines: Record<string, unknown>[] = [];
  const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
  const log = createLog({ name: 'test', level: 'warn', write: (line) => lines.push(JSON.parse(line)) });
  const observer = createObserver({
    deps: { log, metrics, tracing: null },
    // Less than the clock can tell apart: every operation is slow.
    slowOperationMs: 1e-9,
    operationNames: new Set(['Known']),
  });
  const transports = new Map<string, Transport>();
  for (const [name, schema] of Object.entries(createShopSchemas(createShopWorld()))) {
    const runner = createOperationRunner({ name: 'access', schema, createContext: () => ({}), jobs: [] }, silentLog);
    const inner = createInProcessTransport(runner);
    const broken: Transport = { ...inner, execute: () => Promise.reject(new Error('gone')) };
    transports.set(name, observer.transport(name, breaks.has(name) ? broken : inner));
  }
  const made = createExecutor({ supergraphSdl: shopSupergraph, transports, observer: observer.execution });
  return { executor: observer.executor(made), lines, text: () => metrics.registry.metrics() };
}

const source =
  'query Known($q: String) { products { name reviews { body author { name } } } __typename @skip(if: false) }';
const valid = 'query Known { me { id name reviews { body } } }';

describe('an observed gateway', () => {
  it('measures each operation by its known name, each fetch by its subgraph, and plans once', async () => {
    const { executor, text } = observedShop();
    for (let count = 0; count < 3; count += 1) await executor.execute({ source: valid, scope: createScope() });
    await executor.execute({ source: valid.replace('Known', 'Unknown'), scope: createScope() });
    const metrics = await text();
    expect(metrics).toContain(
      'cauce_operation_duration_seconds_count{operation="Known",kind="query",outcome="ok",process="test"} 3',
    );
    expect(metrics).not.toContain('"Unknown"');
    expect(metrics).toContain('cauce_plan_cache_total{outcome="miss",process="test"} 2');
    expect(metrics).toContain('cauce_plan_cache_total{outcome="hit",process="test"} 2');
    expect(metrics).toMatch(
      /cauce_subgraph_fetch_duration_seconds_count\{subgraph="accounts",outcome="ok",process="test"\} 4/,
    );
    expect(metrics).toContain('cauce_operations_in_flight{process="test"} 0');
  });

  it('counts what failed and why, and answers exactly what it would have answered', async () => {
    const { executor, text } = observedShop(new Set(['reviews']));
    const result = await executor.execute({ source: valid, scope: createScope() });
    expect(result.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await executor.execute({ source, scope: createScope() })).toHaveProperty('errors');
    const metrics = await text();
    expect(metrics).toMatch(
      /cauce_subgraph_fetch_duration_seconds_count\{subgraph="reviews",outcome="INTERNAL",process="test"\} 1/,
    );
    expect(metrics).toMatch(/cauce_operation_errors_total\{code="SUBGRAPH_UNAVAILABLE",process="test"\} 1/);
    expect(metrics).toMatch(
      /cauce_operation_duration_seconds_count\{.*kind="invalid",outcome="error",process="test"\} 1/,
    );
  });

  it('logs a slow operation with its plan, its fetches and no value that the client wrote', async () => {
    const { executor, lines } = observedShop();
    const secret = 'query Known { product(id: "p-geheim") { name reviews { body } } }';
    const scope = createScope();
    const result = await executor.execute({ source: secret, scope });
    expect(result.errors).toBeUndefined();
    const [line] = lines;
    expect(line).toMatchObject({ requestId: scope.requestId, operation: 'Known', kind: 'query' });
    expect(line?.fetches).toMatchObject([
      { subgraph: expect.any(String), outcome: 'ok', durationMs: expect.any(Number) },
    ]);
    expect(line?.plan).toMatch(/^fetch \w+|^in sequence/);
    expect(JSON.stringify(line)).not.toContain('geheim');
  });
});
