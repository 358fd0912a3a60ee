import { reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { isUuid } from '@cauce/shared/db/uuid';
import type { DateRange } from '@cauce/shared/schema/date-range';
import DataLoader from 'dataloader';
import { emptySums, type KpiSums } from './kpi-sums.ts';
import type { createKpiStore, KpiKey, KpiOwner } from './kpis.store.ts';
import { checkRange, type PeriodFilter } from './period-filter.ts';

/** Headline numbers of a period, ready to be read metric by metric. */
export interface ProductionKpis {
  readonly range: DateRange;
  readonly sums: KpiSums;
}

export interface Kpis {
  ofFilter(filter: PeriodFilter): Promise<ProductionKpis>;
  /** Zeros for a place out of reach, as for one without orders: the two cannot be told apart. */
  ofSite(siteId: string, range: DateRange): Promise<ProductionKpis>;
  ofCompany(companyId: string, range: DateRange): Promise<ProductionKpis>;
  ofProduct(sku: string, range: DateRange): Promise<ProductionKpis>;
}

export function createKpis(store: ReturnType<typeof createKpiStore>, viewer: Viewer): Kpis {
  const loaderOf = (owner: KpiOwner) =>
    new DataLoader<KpiKey, KpiSums, string>((keys) => store.byKeys(owner, keys), {
      cacheKeyFn: ({ of, range }) => `${range.from}/${range.to}/${of}`,
      maxBatchSize: 1_000,
    });
  const loaders = { site: loaderOf('site'), company: loaderOf('company'), product: loaderOf('product') };
  const load = async (owner: KpiOwner, of: string, range: DateRange, isReached: boolean): Promise<ProductionKpis> => {
    checkRange(range);
    return { range, sums: isReached ? await loaders[owner].load({ of, range }) : emptySums };
  };

  return {
    ofFilter: async (filter) => ({ range: checkRange(filter.range), sums: await store.total(filter) }),
    ofSite: (id, range) =>
      load('site', id.toLowerCase(), range, isUuid(id) && reaches(viewer.siteIds, id.toLowerCase())),
    // Who reaches one site of a company and not the company still sees that site's share: the rows decide.
    ofCompany: (id, range) => load('company', id.toLowerCase(), range, isUuid(id)),
    ofProduct: (sku, range) => load('product', sku, range, true),
  };
}
