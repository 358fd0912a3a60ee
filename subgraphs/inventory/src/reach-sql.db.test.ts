import { randomUUID } from 'node:crypto';
import { Prisma } from '@cauce/prisma/client';
import type { Reach } from '@cauce/shared/auth/viewer';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { anyOf, companyReachSql, reachedIds, siteReachSql } from './reach-sql.ts';
import { inventoryRowScopes } from './row-scopes.ts';
import { inventoryWorld } from './test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const scopedFor = createScopedClient(db.client, inventoryRowScopes);
const places = [await world.addPlace(), await world.addPlace()];
const [first, second] = places;
if (first === undefined || second === undefined) throw new Error('Two places were made');
for (const place of places) {
  const productId = await world.addProduct(place);
  await world.addStock(place, productId);
  await world.addStock(place, productId, { site_id: null, almacen: 'SIN SITIO' });
  await world.addStock(place, productId, { site_id: null, company_id: null, almacen: 'DE NADIE' });
}

/** Every way to reach some of two companies and their sites. */
const reaches: Reach[] = ['all', [], [randomUUID()]];
const siteReaches: Reach[] = [...reaches, [first.siteId], [first.siteId, second.siteId]];
const companyReaches: Reach[] = [...reaches, [first.companyId], [first.companyId, second.companyId]];

describe('reach in hand-written SQL', () => {
  it('shows the same rows as the scoped client, for every reach', async () => {
    const counts = new Set<number>();
    for (const siteIds of siteReaches) {
      for (const companyIds of companyReaches) {
        const viewer = testViewer({ siteIds, companyIds });
        const scoped = scopedFor(viewer);
        const byHand = async (table: string, condition: Prisma.Sql) =>
          (
            await db.client.$queryRaw<{ id: string }[]>`
              SELECT t.id FROM ${Prisma.raw(`inventory.${table}`)} t WHERE ${condition} ORDER BY t.id`
          ).map(({ id }) => id);
        const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();
        const stock = await byHand('erp_inventario', siteReachSql(viewer, 't'));
        expect(stock).toEqual(ids(await scoped.stockLevel.findMany({ select: { id: true } })));
        expect(await byHand('erp_productos', companyReachSql(viewer, 't'))).toEqual(
          ids(await scoped.product.findMany({ select: { id: true } })),
        );
        counts.add(stock.length);
      }
    }
    expect([...counts].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('takes text that is no id for nobody’s', async () => {
    expect(reachedIds('all', ['x', first.siteId.toUpperCase()])).toEqual([first.siteId]);
    expect(reachedIds([second.siteId], [first.siteId])).toEqual([]);
    const rows = await db.client.$queryRaw`
      SELECT 1 FROM inventory.erp_inventario t WHERE ${anyOf(Prisma.sql`t.site_id`, ["'; DROP TABLE x"])}`;
    expect(rows).toEqual([]);
  });
});
