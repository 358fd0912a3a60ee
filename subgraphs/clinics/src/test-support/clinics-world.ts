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
import { createClinicsSubgraph } from '../subgraph.ts';
import { type Agenda, addAgenda } from './agenda.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface ClinicsWorld extends TestWorld {
  ask(query: string, viewer: Viewer, variables?: Variables): Promise<ExecutionResult>;
  /** The data of an answer that has no errors. */
  get(query: string, viewer: Viewer, variables?: Variables): Promise<Record<string, unknown>>;
  /** The answer of a mutation with one input. */
  mutate(name: string, input: Variables, viewer: Viewer): Promise<Record<string, unknown>>;
  /** Events of a subscription; `stop` is the client leaving. */
  listen(query: string, viewer: Viewer, variables?: Variables): Promise<Listener>;
  /** SQL statements that the work sends. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
  addAgenda(options?: Parameters<typeof addAgenda>[1]): Promise<Agenda>;
}

export interface Listener {
  next(): Promise<Record<string, unknown>>;
  stop(): void;
}

const selections: Readonly<Record<string, string>> = {
  holdSlot: '... on SlotHold { token heldUntil slot { id status } }',
  releaseHold: '... on Slot { id status }',
  registerPatient: '... on Patient { id name initials documentNumber phone birthDate }',
};
const appointment = '... on Appointment { id status version startAt confirmedAt rescheduledFrom { id status } }';
const failures = '... on Failure { reason }';

/** The clinics subgraph on a database of its own, asked the way the gateway asks it. */
export async function clinicsWorld(db: Database, options: { readonly clock?: Clock } = {}): Promise<ClinicsWorld> {
  const world = await testDeps(db, options);
  const runner = createOperationRunner(createClinicsSubgraph(world.deps), silentLog);
  const scopeOf = (viewer: Viewer, signal = new AbortController().signal): RequestScope => ({
    viewer,
    requestId: randomUUID(),
    address: '192.0.2.1',
    signal,
  });
  const ask = async (query: string, viewer: Viewer, variables: Variables = {}) =>
    runner.execute({ query, variables }, scopeOf(viewer));
  const get = async (query: string, viewer: Viewer, variables: Variables = {}) => {
    const { data, errors } = await ask(query, viewer, variables);
    if (errors !== undefined || !data) throw new Error(`Unexpected answer: ${JSON.stringify(errors)}`);
    return JSON.parse(JSON.stringify(data));
  };

  return {
    ...world,
    ask,
    get,
    async mutate(name, input, viewer) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const selection = `__typename ${selections[name] ?? appointment} ${failures}`;
      return (await get(`mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, viewer, { input }))[
        name
      ];
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
          return JSON.parse(JSON.stringify(step.value.data));
        },
        stop: () => leaving.abort(),
      };
    },
    countStatements: (work) => countStatements(db, work),
    addAgenda: (given) => addAgenda(db, given),
  };
}
