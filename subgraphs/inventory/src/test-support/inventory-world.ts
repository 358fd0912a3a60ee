import { randomUUID } from 'node:crypto';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { askSubgraph, type SubgraphQuestions } from '@cauce/shared/test/ask-subgraph';
import { type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import { createInventorySubgraph } from '../subgraph.ts';

type Row = Readonly<Record<string, unknown>>;

/** A company with one site and its warehouse. */
export interface Place {
  readonly companyId: string;
  readonly siteId: string;
  readonly warehouseId: string;
  readonly warehouse: string;
}

export interface InventoryWorld extends TestWorld, SubgraphQuestions {
  addPlace(place?: Partial<Place>): Promise<Place>;
  /** Rows as the ERP's copy writes them: table, columns, the id answered. */
  add(table: string, columns: Row): Promise<string>;
  addProduct(place: Place, columns?: Row): Promise<string>;
  addStock(place: Place, productId: string, columns?: Row): Promise<string>;
  /** A document with one line. */
  addSale(place: Place, columns: Row, line: Row): Promise<string>;
}

/** The inventory subgraph on a database of its own, asked the way the gateway asks it. */
export async function inventoryWorld(db: Database, options: { readonly clock?: Clock } = {}): Promise<InventoryWorld> {
  const world = await testDeps(db, options);
  const add = async (table: string, columns: Row) => {
    const names = Object.keys(columns);
    const { rows } = await db.pool.query<{ id: string }>(
      `INSERT INTO inventory.${table} (${names.join(', ')})
       VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')}) RETURNING id::text AS id`,
      Object.values(columns),
    );
    const [inserted] = rows;
    if (inserted === undefined) throw new Error('Nothing was inserted');
    return inserted.id;
  };

  return {
    ...world,
    ...askSubgraph(createInventorySubgraph(world.deps), db),
    add,
    async addPlace(place = {}) {
      const {
        companyId = randomUUID(),
        siteId = randomUUID(),
        warehouse = `BODEGA ${randomUUID().slice(0, 8)}`,
      } = place;
      const warehouseId = await add('warehouses', { site_id: siteId, company_id: companyId, name: warehouse });
      return { companyId, siteId, warehouseId, warehouse };
    },
    addProduct: (place, columns = {}) =>
      add('erp_productos', { codigo: randomUUID(), nombre: 'Pieza', company_id: place.companyId, ...columns }),
    addStock: (place, productId, columns = {}) =>
      add('erp_inventario', {
        producto_id: productId,
        almacen: place.warehouse,
        site_id: place.siteId,
        company_id: place.companyId,
        warehouse_id: place.warehouseId,
        stock_actual: 10,
        ...columns,
      }),
    async addSale(place, columns, line) {
      const where = { site_id: place.siteId, company_id: place.companyId };
      const sale = { folio: randomUUID(), fecha: '2026-03-10', ...where, ...columns };
      const id = await add('erp_ventas', sale);
      await add('erp_ventas_detalle', {
        venta_id: id,
        posicion: 1,
        cantidad: 1,
        fecha: sale.fecha,
        is_cancelled: 'is_cancelled' in columns ? columns.is_cancelled : false,
        ...where,
        ...line,
      });
      return id;
    },
  };
}
