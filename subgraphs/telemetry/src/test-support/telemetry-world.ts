import { randomUUID } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { countStatements } from '@cauce/shared/test/count-statements';
import { silentLog } from '@cauce/shared/test/silent-log';
import { type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import type { ExecutionResult } from 'graphql';
import { readTelemetryEnv } from '../env.ts';
import { createTelemetrySubgraph } from '../subgraph.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface TelemetryWorld extends TestWorld {
  ask(query: string, viewer: Viewer, variables?: Variables): Promise<ExecutionResult>;
  /** The data of an answer that has no errors. */
  get(query: string, viewer: Viewer, variables?: Variables): Promise<Record<string, unknown>>;
  /** The code of the first error of an answer. */
  refused(query: string, viewer: Viewer, variables?: Variables): Promise<unknown>;
  /** Events of a subscription; `stop` is the client leaving. */
  listen(query: string, viewer: Viewer, variables?: Variables): Promise<Listener>;
  /** SQL statements that the work sends. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
}

interface Listener {
  next(): Promise<Record<string, unknown>>;
  stop(): void;
}

/** The telemetry subgraph on a database of its own, asked the way the gateway asks it. */
export async function telemetryWorld(db: Database, options: { readonly clock?: Clock } = {}): Promise<TelemetryWorld> {
  const world = await testDeps(db, options);
  const runner = createOperationRunner(createTelemetrySubgraph(world.deps, readTelemetryEnv({})), silentLog);
  const scopeOf = (viewer: Viewer, signal = new AbortController().signal): RequestScope => ({
    viewer,
    requestId: randomUUID(),
    address: '192.0.2.1',
    signal,
  });
  const ask = async (query: string, viewer: Viewer, variables: Variables = {}) =>
    runner.execute({ query, variables }, scopeOf(viewer));

  return {
    ...world,
    ask,
    async get(query, viewer, variables) {
      const { data, errors } = await ask(query, viewer, variables);
      if (errors !== undefined || !data) throw new Error(`Unexpected answer: ${JSON.stringify(errors)}`);
      return JSON.parse(JSON.stringify(data));
    },
    async refused(query, viewer, variables) {
      return (await ask(query, viewer, variables)).errors?.[0]?.extensions.code;
    },
    async listen(query, viewer, variables = {}) {
      const leaving = new AbortController();
      const stream = await runner.subscribe({ query, variables }, scopeOf(viewer, leaving.signal));
      if (!(Symbol.asyncIterator in stream)) throw new Error(`Not a stream: ${JSON.stringify(stream.errors)}`);
      const events = stream[Symbol.asyncIterator]();
      return {
        next: async () => {
          const step = await events.next();
          if (step.done === true) throw new Error('The stream ended');
          if (step.value.errors !== undefined) throw new Error(JSON.stringify(step.value.errors));
          return JSON.parse(JSON.stringify(step.value.data));
        },
        stop: () => leaving.abort(),
      };
    },
    countStatements: (work) => countStatements(db, work),
  };
}
