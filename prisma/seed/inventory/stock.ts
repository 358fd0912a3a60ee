import { demoId } from '../demo-id.ts';
import { demoSites } from '../demo-places.ts';
import { createRandom, type Random } from '../random.ts';
import type { SeedSeries } from './demand.ts';
import { installationOf, type SeedProduct } from './products.ts';
import type { TableRows } from './rows.ts';

/** The warehouses of the demo, one at each site that keeps parts. Their names are as the ERP writes them. */
export const seedWarehouses = [
  { site: demoSites.bodegaCentral, name: 'BODEGA CENTRAL', code: 'BC' },
  { site: demoSites.plantaNorte, name: 'REPUESTOS NORTE', code: 'RN' },
  { site: demoSites.plantaSur, name: 'REPUESTOS SUR', code: 'RS' },
  { site: demoSites.plantaQuillay, name: 'BODEGA QUILLAY', code: 'BQ' },
] as const;

/** Warehouses, what lies in them, and how it is bought. About one level in ten is below its minimum, one in a hundred negative. */
export function stockTables(
  products: readonly SeedProduct[],
  series: readonly SeedSeries[],
  syncedAt: string,
): TableRows[] {
  const warehouseOf = new Map<string, (typeof seedWarehouses)[number]>();
  for (const warehouse of seedWarehouses) warehouseOf.set(warehouse.site.id, warehouse);
  const random = createRandom('inventory.stock');
  const levels = series.flatMap((one) => {
    const warehouse = warehouseOf.get(one.siteId);
    if (warehouse === undefined) return [];
    const { minimum, maximum, quantity } = levelOf(one, random);
    return [
      [
        demoId('stock', `${warehouse.code}:${one.product.sku}`),
        one.product.id,
        warehouse.name,
        quantity,
        minimum,
        maximum,
        `${random.pick(['A', 'B', 'C', 'D', 'E'])}-${String(random.int(1, 24)).padStart(2, '0')}-${random.int(1, 5)}`,
        syncedAt,
        one.siteId,
        warehouse.site.companyId,
        warehouseId(warehouse),
        quantity < 0 ? ['NEGATIVE_STOCK'] : [],
      ],
    ];
  });
  return [
    {
      table: 'warehouses',
      columns: {
        id: 'uuid',
        site_id: 'uuid',
        company_id: 'uuid',
        installation_id: 'uuid',
        erp_id: 'text',
        name: 'text',
        code: 'text',
      },
      rows: seedWarehouses.map((warehouse, index) => [
        warehouseId(warehouse),
        warehouse.site.id,
        warehouse.site.companyId,
        installationOf(warehouse.site.companyId),
        String(index + 1),
        warehouse.name,
        warehouse.code,
      ]),
    },
    {
      table: 'erp_inventario',
      columns: {
        id: 'uuid',
        producto_id: 'uuid',
        almacen: 'text',
        stock_actual: 'numeric',
        stock_minimo: 'numeric',
        stock_maximo: 'numeric',
        ubicacion: 'text',
        last_synced_at: 'timestamptz',
        site_id: 'uuid',
        company_id: 'uuid',
        warehouse_id: 'uuid',
        flags: 'text[]',
      },
      rows: levels,
    },
    replenishmentTable(products),
  ];
}

function warehouseId({ name }: { readonly name: string }): string {
  return demoId('warehouse', name);
}

function levelOf({ product, size, frequency }: SeedSeries, random: Random) {
  const perDay = size * frequency * (6 / 7);
  const isManaged = random.chance(0.78);
  const wanted = Math.max(size, perDay * product.leadTimeDays * random.between(1.1, 1.6));
  const minimum = isManaged ? inUnit(wanted, product.unit, random) : 0;
  const maximum =
    isManaged && random.chance(0.7) ? inUnit(minimum * random.between(2.5, 4.5), product.unit, random) : null;
  const reserve = Math.max(minimum, wanted, 1);
  const draw = random.next();
  const share =
    draw < 0.012 ? -random.between(0.02, 0.4) : draw < 0.1 ? random.between(0, 0.95) : random.between(1.05, 3.6);
  return { minimum, maximum, quantity: inUnit(reserve * share, product.unit, random) };
}

/** Whole pieces, or what a tape measure or a scale shows; never a float's tail. */
function inUnit(quantity: number, unit: string, random: Random): number {
  if (unit === 'm' || unit === 'L') return Math.round(quantity * 100) / 100;
  if (unit === 'kg' || unit === 't') return Math.round(quantity * 1_000) / 1_000;
  return quantity < 0 ? Math.floor(quantity) : Math.round(quantity + random.between(0, 0.4));
}

function replenishmentTable(products: readonly SeedProduct[]): TableRows {
  const random = createRandom('inventory.replenishment');
  const rows = products.flatMap((product) => {
    if (!product.isActive || !random.chance(0.4)) return [];
    const leadTimeDays = Math.max(1, Math.round(product.leadTimeDays * random.between(0.7, 1.5)));
    const row = (siteId: string | null) => [
      demoId('replenishment', `${product.sku}:${siteId ?? 'all'}`),
      product.id,
      siteId,
      product.companyId,
      `Proveedor ${random.int(1, 60)}`,
      siteId === null ? leadTimeDays : leadTimeDays + 2,
      random.pick([7, 7, 14]),
      product.packSize,
      random.pick([0.9, 0.95, 0.95, 0.98]),
    ];
    const isOwnAtNorth = product.companyId === demoSites.plantaNorte.companyId && random.chance(0.08);
    return isOwnAtNorth ? [row(null), row(demoSites.plantaNorte.id)] : [row(null)];
  });
  return {
    table: 'replenishment_settings',
    columns: {
      id: 'uuid',
      product_id: 'uuid',
      site_id: 'uuid',
      company_id: 'uuid',
      supplier_name: 'text',
      lead_time_days: 'int',
      review_period_days: 'int',
      pack_size: 'numeric',
      service_level: 'numeric',
    },
    rows,
  };
}
