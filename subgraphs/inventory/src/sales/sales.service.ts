import { AppError } from '@cauce/shared/errors/app-error';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import { type Page, type PageArgs, toPage } from '@cauce/shared/schema/keyset';
import { readListCursor } from '../list-cursor.ts';
import { argumentLoader, listLoader } from '../loaders.ts';
import { fillGaps } from './fill-gaps.ts';
import type { Sale, SaleFilter, SaleLine, SalesPoint, SalesSeries } from './sale.ts';
import type { SalesStore } from './sales.store.ts';

/** Sale documents as one viewer sees them. */
export interface Sales {
  page(filter: SaleFilter, args: PageArgs): Promise<Page<Sale>>;
  linesOf(saleId: string): Promise<readonly SaleLine[]>;
  /** Every day or week of the range, those without sales as zero. */
  series(productId: string, series: SalesSeries): Promise<readonly SalesPoint[]>;
  forget(): void;
}

export function createSales(store: SalesStore): Sales {
  const lines = listLoader(store.linesOf, ({ saleId }) => saleId);
  const series = argumentLoader<SalesSeries, readonly SalesPoint[]>(store.series, []);
  return {
    async page(filter, args) {
      if (filter.range) checkRange(filter.range);
      const cursor = readListCursor(args, 'day');
      const rows = await store.page(filter, cursor);
      return toPage(
        rows,
        cursor.keyset,
        ({ soldOn, id }) => [soldOn, id],
        () => store.count(filter),
      );
    },
    linesOf: (saleId) => lines.load(saleId),
    async series(productId, wanted) {
      const range = checkRange(wanted.range);
      return fillGaps(await series.load({ id: productId, args: { ...wanted, range } }), range, wanted.grain);
    },
    forget: () => {
      lines.forget();
      series.forget();
    },
  };
}

/** Refuses a period that is the wrong way round or without bound, as BAD_USER_INPUT. */
function checkRange(range: DateRange): DateRange {
  const parsed = dateRangeSchema.safeParse(range);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('BAD_USER_INPUT', issue?.message ?? 'The period is not valid', { detail: { argument: 'range' } });
}
