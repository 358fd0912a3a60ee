import { AppError } from '@cauce/shared/errors/app-error';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createScope } from '../execute/test/shop-gateway.ts';
import { withCircuitBreaker } from './circuit-breaker.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

const request: SubgraphRequest = {
  document: parse('{ a }'),
  query: '{ a }',
  operationName: undefined,
  operationKind: 'query',
  variables: {},
};

function createBroken(resetMs = 60_000) {
  const state = { asked: 0, isUp: false };
  const inner: Transport = {
    async execute(_request, { signal }) {
      state.asked += 1;
      if (signal.aborted) throw new AppError('TIMEOUT', 'left');
      if (!state.isUp) throw new AppError('SUBGRAPH_UNAVAILABLE', 'down');
      return { data: { a: 1 }, errors: [{ message: 'an answer all the same' }] };
    },
    subscribe: () => Promise.reject(new Error('no streams')),
  };
  const metrics = createMetrics({ process: 'test' });
  const transport = withCircuitBreaker(inner, 'stock', { log: silentLog, metrics, volumeThreshold: 5, resetMs });
  const ask = async (signal?: AbortSignal): Promise<SubgraphAnswer | string> => {
    try {
      return await transport.execute(request, createScope(signal));
    } catch (error) {
      return error instanceof AppError ? error.code : 'unknown';
    }
  };
  const gauge = async () => /breaker_state\{[^}]*\} (\d)/.exec(await metrics.registry.metrics())?.[1];
  return { state, ask, gauge, transport };
}

it('stops asking a subgraph that does not answer, and says so of each fetch at once', async () => {
  const { state, ask, gauge, transport } = createBroken();
  expect(await gauge()).toBe('0');
  for (let count = 0; count < 20; count += 1) expect(await ask()).toBe('SUBGRAPH_UNAVAILABLE');
  expect(state.asked).toBeLessThan(10);
  expect(await gauge()).toBe('2');
  await transport.close?.();
});

it('tries with one request after a while, and asks on when that is answered', async () => {
  const { state, ask, gauge, transport } = createBroken(50);
  for (let count = 0; count < 20; count += 1) await ask();
  state.isUp = true;
  const before = state.asked;
  await expect.poll(() => ask(), { interval: 20 }).toMatchObject({ data: { a: 1 } });
  expect(state.asked).toBe(before + 1);
  expect(await gauge()).toBe('0');
  for (let count = 0; count < 10; count += 1) expect(await ask()).toMatchObject({ data: { a: 1 } });
  await transport.close?.();
});

it('does not hold it against a subgraph that clients leave, or that it answers with errors', async () => {
  const { state, ask, transport } = createBroken();
  state.isUp = true;
  for (let count = 0; count < 30; count += 1) {
    expect(await ask(AbortSignal.abort())).toBe('TIMEOUT');
    expect(await ask()).toMatchObject({ data: { a: 1 } });
  }
  expect(state.asked).toBe(60);
  await transport.close?.();
});
