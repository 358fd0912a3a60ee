import { demoCompanies, demoSites } from '../demo-places.ts';
import { createRandom, type Random } from '../random.ts';
import type { SeedProduct } from './products.ts';

/** How demand falls: by the gaps between its days (ADI, limit 1.32) and the spread of its sizes (CV², limit 0.49). */
export type SeedPattern = 'smooth' | 'erratic' | 'intermittent' | 'lumpy' | 'rare' | 'none';

/** What one product sells at one site. */
export interface SeedSeries {
  readonly product: SeedProduct;
  readonly siteId: string;
  readonly pattern: SeedPattern;
  /** Units on a day on which any are sold, about. */
  readonly size: number;
  /** Share of working days on which any are sold. */
  readonly frequency: number;
}

/** Units of one product leaving one site on one day; `day` counts from the first of the history. */
export interface SeedDemand {
  readonly series: SeedSeries;
  readonly day: number;
  readonly quantity: number;
}

/** A little over 24 months: the oldest lines are cut to the number wanted. */
export const seedHistoryDays = 760;

const perHundred: readonly (readonly [SeedPattern, number])[] = [
  ['smooth', 1],
  ['erratic', 1],
  ['intermittent', 7],
  ['lumpy', 7],
  ['rare', 57],
];

const shareOf = (count: number) => perHundred.slice(0, count).reduce((sum, [, share]) => sum + share, 0);
const dailyShare = shareOf(2);
const rareAndNone = 100 - shareOf(4);

/** Who sells what, where: each product at one to three of its company's sites. */
export function makeSeries(products: readonly SeedProduct[]): SeedSeries[] {
  const random = createRandom('inventory.series');
  return products.flatMap((product) =>
    sitesOf(product, random).map((siteId): SeedSeries => {
      const pattern = product.isFeed
        ? random.pick<SeedPattern>(['smooth', 'smooth', 'erratic'])
        : pickPattern(product, random);
      const bulk = product.packSize >= 100 ? 40 : product.packSize >= 10 ? 6 : 1;
      const isDear = (product.cost ?? 0) >= 25_000;
      const size = pattern === 'rare' || pattern === 'none' || isDear ? bulk : bulk * random.between(1.5, 9);
      return { product, siteId, pattern, size, frequency: frequencyOf(pattern, random) };
    }),
  );
}

/** Two years of demand, day by day, for the weekday and date of `today`; exactly as the series say, noise apart. */
export function makeDemand(series: readonly SeedSeries[], today: Date): SeedDemand[] {
  const random = createRandom('inventory.demand');
  const days = Array.from({ length: seedHistoryDays }, (_, day) => {
    const date = new Date(today.getTime() - (seedHistoryDays - 1 - day) * 86_400_000);
    return { weekday: date.getUTCDay(), yearShare: (date.getUTCMonth() + date.getUTCDate() / 31) / 12 };
  });
  return series.flatMap((one) => {
    const [start, end, gapStart, gapEnd] = lifeOf(one, random);
    const demand: SeedDemand[] = [];
    days.forEach(({ weekday, yearShare }, day) => {
      const isOpen = weekday !== 0 && day >= start && day < end && !(day >= gapStart && day < gapEnd);
      if (!isOpen || !random.chance(one.frequency * (weekday === 6 ? 0.8 : 1))) return;
      const swing = one.product.peakMonth === 0 ? 0 : 0.35 * seasonAt(yearShare, one.product.peakMonth);
      const growth = 1 + 0.15 * (day / seedHistoryDays - 0.5);
      const quantity = one.size * (1 + swing) * growth * sizeNoise(one.pattern, random);
      demand.push({ series: one, day, quantity: roundTo(quantity, one.product.unit) });
    });
    return demand;
  });
}

/** Dear articles are bought one at a time and seldom; what costs little goes out every day. */
function pickPattern({ cost }: SeedProduct, random: Random): SeedPattern {
  const from = cost === null || cost < 25_000 ? 0 : cost < 120_000 ? dailyShare : 100 - rareAndNone;
  let draw = random.between(from, 100);
  for (const [pattern, share] of perHundred) {
    draw -= share;
    if (draw < 0) return pattern;
  }
  return 'none';
}

function frequencyOf(pattern: SeedPattern, random: Random): number {
  switch (pattern) {
    case 'smooth':
    case 'erratic':
      return random.between(0.93, 0.99);
    case 'intermittent':
      return 1 / random.between(4, 16);
    case 'lumpy':
      return 1 / random.between(5, 25);
    case 'rare':
      return 1 / random.between(60, 300);
    case 'none':
      return 0;
  }
}

/** A factor around 1. Its CV² is about 0.1 for even sizes and 1.3 for uneven ones. */
function sizeNoise(pattern: SeedPattern, random: Random): number {
  if (pattern === 'erratic' || pattern === 'lumpy') return Math.exp(random.normal(-0.42, 0.92));
  return Math.max(0.3, random.normal(1, 0.3));
}

/** First and last day on sale, and a stock-out in between: days without sales are not always days without demand. */
function lifeOf({ pattern, product }: SeedSeries, random: Random): readonly [number, number, number, number] {
  const start = random.chance(0.08) ? random.int(200, 640) : 0;
  const end = product.isActive ? seedHistoryDays : random.int(300, 700);
  const hasGap = pattern !== 'rare' && random.chance(0.12);
  const gapStart = hasGap ? random.int(60, 680) : seedHistoryDays;
  return [start, end, gapStart, gapStart + random.int(12, 40)];
}

function sitesOf({ companyId, isFeed, sku }: SeedProduct, random: Random): string[] {
  const { bodegaCentral, plantaNorte, plantaSur, plantaQuillay } = demoSites;
  if (companyId === demoCompanies.quillay.id) return [plantaQuillay.id];
  if (isFeed) return [plantaNorte.id, ...(sku.includes('POLLO') || sku.includes('CERDO') ? [plantaSur.id] : [])];
  return [
    ...(random.chance(0.94) ? [bodegaCentral.id] : []),
    ...(random.chance(0.3) ? [plantaNorte.id] : []),
    ...(random.chance(0.26) ? [plantaSur.id] : []),
  ];
}

/** -1 to 1 over the year, 1 in the middle of the peak month. */
function seasonAt(yearShare: number, peakMonth: number): number {
  return Math.cos(2 * Math.PI * (yearShare - (peakMonth - 0.5) / 12));
}

/** Metres, litres and kilograms are cut to measure; everything else is sold whole. */
function roundTo(quantity: number, unit: string): number {
  const scale = unit === 'm' || unit === 'kg' || unit === 't' ? 100 : unit === 'L' ? 2 : 1;
  return Math.max(1, Math.round(quantity * scale)) / scale;
}
