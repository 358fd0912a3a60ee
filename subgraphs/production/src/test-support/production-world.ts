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
import { createProductionSubgraph } from '../subgraph.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface ProductionWorld extends TestWorld {
  ask(query: string, viewer: Viewer, variables?: Variables): Promise<ExecutionResult>;
  /** The data of an answer that has no errors. */
  get(query: string, viewer: Viewer, variables?: Variables): Promise<Record<string, unknown>>;
  /** Events of a subscription; `stop` is the client leaving. */
  listen(query: string, viewer: Viewer, variables?: Variables): Promise<Listener>;
  /** SQL statements that the work sends. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
  /** Maps a plant's name to a site and writes nothing else. */
  addPlant(plant: Partial<PlantRow>): Promise<PlantRow>;
  /** Writes an order as the source's own program does: its table, its columns. */
  addOrder(columns: Variables): Promise<string>;
}

export interface Listener {
  next(): Promise<Record<string, unknown>>;
  stop(): void;
}

export interface PlantRow {
  readonly planta: string;
  readonly site_id: string;
  readonly company_id: string;
  readonly stored_difference_sign: number;
  readonly hardness_unit: string;
  readonly durability_method: string | null;
}

/** The production subgraph on a database of its own, asked the way the gateway asks it. */
export async function productionWorld(
  db: Database,
  options: { readonly clock?: Clock } = {},
): Promise<ProductionWorld> {
  const world = await testDeps(db, options);
  const runner = createOperationRunner(createProductionSubgraph(world.deps), silentLog);
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
    async addPlant(plant) {
      const row: PlantRow = {
        planta: `Planta ${randomUUID().slice(0, 8)}`,
        site_id: randomUUID(),
        company_id: randomUUID(),
        stored_difference_sign: 1,
        hardness_unit: 'kg/cm2',
        durability_method: 'ASAE S269.5',
        ...plant,
      };
      await db.pool.query(
        `INSERT INTO production.plant_mappings
           (planta, site_id, company_id, stored_difference_sign, hardness_unit, durability_method)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [row.planta, row.site_id, row.company_id, row.stored_difference_sign, row.hardness_unit, row.durability_method],
      );
      return row;
    },
    async addOrder(columns) {
      const row = { orden_produccion: randomUUID(), fecha_produccion: '2026-03-10 08:00', ...columns };
      const names = Object.keys(row);
      const { rows } = await db.pool.query<{ id: string }>(
        `INSERT INTO production.produccion_aliar (${names.join(', ')})
         VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')}) RETURNING id::text AS id`,
        Object.values(row),
      );
      const [inserted] = rows;
      if (inserted === undefined) throw new Error('Nothing was inserted');
      return inserted.id;
    },
  };
}
