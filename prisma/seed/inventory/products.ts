import { demoFeedProducts } from '../demo-feed-products.ts';
import { demoId } from '../demo-id.ts';
import { demoCompanies } from '../demo-places.ts';
import { createRandom, type Random } from '../random.ts';
import { type DemoCategory, demoCategories, demoMakers } from './catalogue.ts';
import type { TableRows } from './rows.ts';

/** A product as the rest of the seed needs it: what it costs, how it sells, how it is bought. */
export interface SeedProduct {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly companyId: string;
  readonly category: string;
  readonly unit: string;
  /** Money (CLP) for one unit; null where the source has none. */
  readonly price: number | null;
  readonly cost: number | null;
  readonly isActive: boolean;
  readonly isFeed: boolean;
  readonly leadTimeDays: number;
  readonly packSize: number;
  readonly peakMonth: number;
  readonly flags: readonly string[];
}

/** How many products there are, both companies together; the feeds are among them. */
export const seedProductCount = 5_000;
const quillayShare = 0.16;

/** Every product of the demo: the same ones in the same order on each call. */
export function makeProducts(): SeedProduct[] {
  const random = createRandom('inventory.products');
  const feeds = demoFeedProducts.map((feed): SeedProduct => {
    const unitTons = feed.bagKg === null ? 1 : feed.bagKg / 1_000;
    const price = Math.round(feed.pricePerTonClp * unitTons);
    return {
      ...base(feed.sku, feed.companyId),
      name: feed.name,
      category: feed.category,
      unit: feed.bagKg === null ? 't' : 'saco',
      price,
      cost: Math.round(price * 0.82),
      isFeed: true,
      leadTimeDays: 2,
      packSize: feed.bagKg === null ? 1 : 40,
      peakMonth: 7,
    };
  });
  const articles = shuffle(allArticles(), random)
    .slice(0, seedProductCount - feeds.length)
    .map((article) => makePart(article, random));
  return [...feeds, ...articles];
}

/** The products and their categories as rows. Those of the ERP carry its number; a few were made by hand here. */
export function productTables(products: readonly SeedProduct[], syncedAt: string): TableRows[] {
  const random = createRandom('inventory.products.rows');
  const categories = new Map<string, readonly [string, string, string]>();
  for (const { companyId, category } of products) {
    const id = demoId('category', `${companyId}:${category}`);
    categories.set(id, [id, companyId, category]);
  }
  return [
    { table: 'categories', columns: { id: 'uuid', company_id: 'uuid', name: 'text' }, rows: [...categories.values()] },
    {
      table: 'erp_productos',
      columns: {
        id: 'uuid',
        codigo: 'text',
        nombre: 'text',
        precio: 'numeric',
        costo: 'numeric',
        categoria: 'text',
        category_id: 'uuid',
        unidad_medida: 'text',
        activo: 'boolean',
        erp_id: 'text',
        installation_id: 'uuid',
        company_id: 'uuid',
        last_synced_at: 'timestamptz',
        sync_status: 'text',
        flags: 'text[]',
      },
      rows: products.map((product, index) => {
        const isFromErp = !random.chance(0.02);
        return [
          product.id,
          product.sku,
          product.name,
          product.price,
          product.cost,
          product.category,
          demoId('category', `${product.companyId}:${product.category}`),
          product.unit,
          product.isActive,
          isFromErp ? String(1_000 + index) : null,
          isFromErp ? installationOf(product.companyId) : null,
          product.companyId,
          isFromErp ? syncedAt : null,
          isFromErp ? 'synced' : null,
          product.flags,
        ];
      }),
    },
  ];
}

/** The ERP that a company's rows were copied from. */
export function installationOf(companyId: string): string {
  return demoId('erp-installation', companyId);
}

interface Article {
  readonly category: DemoCategory;
  readonly sku: string;
  readonly name: string;
  readonly scale: number;
  readonly costFactor: number;
}

function allArticles(): Article[] {
  return demoCategories.flatMap((category) =>
    category.kinds.flatMap((kind) =>
      kind.sizes.flatMap((size, position) =>
        demoMakers.map((maker) => ({
          category,
          sku: `${category.code}-${kind.code}-${skuPart(size)}-${skuPart(maker).slice(0, 3)}`,
          name: `${kind.name} ${size} ${maker}`,
          scale: (position + 1) / kind.sizes.length,
          costFactor: kind.costFactor,
        })),
      ),
    ),
  );
}

function makePart({ category, sku, name, scale, costFactor }: Article, random: Random): SeedProduct {
  const [cheapest, dearest] = category.costRange;
  // Prices of a catalogue spread over orders of magnitude, so the range is walked in its logarithm.
  const cost = costFactor * cheapest * (dearest / cheapest) ** Math.min(1, scale * 0.7 + random.next() * 0.3);
  const price = Math.round((cost * random.between(1.22, 1.85)) / 10) * 10;
  const flaw = random.next();
  const companyId = random.chance(quillayShare) ? demoCompanies.quillay.id : demoCompanies.ribera.id;
  return {
    ...base(sku, companyId),
    name,
    category: category.name,
    unit: category.unit,
    price: flaw < 0.004 ? -price : flaw < 0.012 ? null : flaw < 0.016 ? 0 : price,
    cost: flaw > 0.98 ? null : Math.round(cost * 100) / 100,
    isActive: !random.chance(0.04),
    leadTimeDays: category.leadTimeDays,
    packSize: category.packSize,
    peakMonth: category.peakMonth,
    flags: flaw < 0.004 ? ['NEGATIVE_PRICE'] : flaw < 0.012 ? ['MISSING_PRICE'] : flaw > 0.98 ? ['MISSING_COST'] : [],
  };
}

function base(sku: string, companyId: string) {
  return { id: demoId('product', sku), sku, companyId, isActive: true, isFeed: false, flags: [] as readonly string[] };
}

/** What fits a code: capitals, digits, dots; `1,0x1,2 m` becomes `1.0X1.2M`. */
function skuPart(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(',', '.')
    .replace(/[^A-Z0-9./-]/g, '');
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((left, right) => left.order - right.order)
    .map(({ item }) => item);
}
