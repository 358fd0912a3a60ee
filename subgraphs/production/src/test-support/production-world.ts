import { randomUUID } from 'node:crypto';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { askSubgraph, type SubgraphQuestions, type Variables } from '@cauce/shared/test/ask-subgraph';
import { type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import { createProductionSubgraph } from '../subgraph.ts';

export interface ProductionWorld extends TestWorld, SubgraphQuestions {
  /** Maps a plant's name to a site and writes nothing else. */
  addPlant(plant: Partial<PlantRow>): Promise<PlantRow>;
  /** Writes an order as the source's own program does: its table, its columns. */
  addOrder(columns: Variables): Promise<string>;
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
  return {
    ...world,
    ...askSubgraph(createProductionSubgraph(world.deps), db),
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
