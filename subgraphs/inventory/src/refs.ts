import { addDateRangeInput } from '@cauce/shared/schema/date-range';
import type { Customer } from './customers/customer.ts';
import { forecastMethods } from './forecast/engine/demand-forecast.ts';
import type { Product } from './products/product.ts';
import type { BilingualText } from './replenishment/explain.ts';
import { type Sale, type SaleLine, saleDocumentTypes } from './sales/sale.ts';
import type { InventoryBuilder } from './services.ts';
import type { StockLevel } from './stock/stock-level.ts';
import type { Installation, SyncFreshness } from './sync/sync.ts';

export type InventoryRefs = ReturnType<typeof createRefs>;

/**
 * Types that the features refer to each other by. The entities of other subgraphs are known by their keys only: no
 * query asks whether they exist.
 */
export function createRefs(builder: InventoryBuilder) {
  return {
    site: builder.externalRef('Site', builder.selection<{ id: string }>('id'), (key) => key),
    company: builder
      .externalRef('Company', builder.selection<{ id: string }>('id'), (key) => key)
      .implement({ fields: (t) => ({ id: t.exposeID('id', { description: 'Opaque id.' }) }) }),
    user: builder
      .externalRef('User', builder.selection<{ id: string }>('id'), (key) => key)
      .implement({ fields: (t) => ({ id: t.exposeID('id', { description: 'Opaque id.' }) }) }),
    product: builder.objectRef<Product>('Product'),
    stockLevel: builder.objectRef<StockLevel>('StockLevel'),
    customer: builder.objectRef<Customer>('Customer'),
    sale: builder.objectRef<Sale>('Sale'),
    saleLine: builder.objectRef<SaleLine>('SaleLine'),
    installation: builder.objectRef<Installation>('ErpInstallation'),
    freshness: builder.objectRef<SyncFreshness>('SyncFreshness'),
    saleDocumentType: builder.enumType('SaleDocumentType', {
      description: 'What a sale document is; returns count negative.',
      values: saleDocumentTypes,
    }),
    forecastMethod: builder.enumType('DemandForecastMethod', {
      description:
        'A way to forecast. SEASONAL_NAIVE repeats the same day of last week; COMBINED is the mean of the best; CATEGORY_PROFILE ' +
        'goes by what the category sells, while a product is new.',
      values: forecastMethods,
    }),
    dateRange: addDateRangeInput(builder),
    text: builder.objectRef<BilingualText>('BilingualText').implement({
      shareable: true,
      description: 'The same sentence in Spanish and in English.',
      fields: (t) => ({
        es: t.exposeString('es', { description: 'Spanish.' }),
        en: t.exposeString('en', { description: 'English.' }),
      }),
    }),
  };
}
