import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from '../test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db);
world.startRelay();
const plant = await world.addPlant({});
const sister = await world.addPlant({ company_id: plant.company_id });
const stranger = await world.addPlant({});
const viewer = testViewer({ role: 'VIEWER', siteIds: [plant.site_id, sister.site_id], companyIds: [plant.company_id] });

const query = `subscription ($siteIds: [ID!]) { productionChanged(siteIds: $siteIds) {
  kind orderNumber order { producedTons } site { id production(range: { from: "2026-03-01", to: "2026-03-31" }) { producedTons } } } }`;

describe('productionChanged', () => {
  it('hears of a program that writes the table directly, with the order and the numbers of that moment', async () => {
    const listener = await world.listen(query, viewer, { siteIds: [plant.site_id] });
    const id = await world.addOrder({ planta: plant.planta, orden_produccion: 'LIVE-1', toneladas_producidas: 10 });
    expect(await listener.next()).toMatchObject({
      productionChanged: {
        kind: 'CREATED',
        orderNumber: 'LIVE-1',
        order: { producedTons: 10 },
        site: { id: plant.site_id, production: { producedTons: 10 } },
      },
    });
    await db.pool.query('UPDATE public.produccion_aliar SET toneladas_producidas = 12 WHERE orden_produccion = $1', [
      'LIVE-1',
    ]);
    expect(await listener.next()).toMatchObject({
      productionChanged: { kind: 'UPDATED', order: { producedTons: 12 }, site: { production: { producedTons: 12 } } },
    });
    await db.pool.query('DELETE FROM production.produccion_aliar WHERE id = $1', [id]);
    expect(await listener.next()).toMatchObject({
      productionChanged: { kind: 'DELETED', order: null, site: { production: { producedTons: 0 } } },
    });
    listener.stop();
  });

  it('tells nothing of sites that were not asked for or are out of reach', async () => {
    const one = await world.listen(query, viewer, { siteIds: [plant.site_id, stranger.site_id] });
    const all = await world.listen(query, viewer, {});
    for (const { planta } of [stranger, sister, plant]) {
      await world.addOrder({ planta, orden_produccion: `AT ${planta}` });
    }
    // Placed by nobody: a plant that no mapping knows.
    await world.addOrder({ planta: 'Nowhere', orden_produccion: 'UNKNOWN' });
    await world.addOrder({ planta: plant.planta, orden_produccion: 'LAST' });
    const heard = async (listener: typeof one, count: number) => {
      const numbers: unknown[] = [];
      for (let index = 0; index < count; index += 1) {
        numbers.push(((await listener.next()).productionChanged as { orderNumber: string }).orderNumber);
      }
      return numbers;
    };
    expect(await heard(one, 2)).toEqual([`AT ${plant.planta}`, 'LAST']);
    expect(await heard(all, 3)).toEqual([`AT ${sister.planta}`, `AT ${plant.planta}`, 'LAST']);
    one.stop();
    all.stop();
  });
});
