'use client';
import { useTranslations } from 'next-intl';
import type { CompanyPastQuery } from '../../../graphql/generated/graphql.ts';
import { Link } from '../../../i18n/navigation.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import forecastClasses from '../forecast/forecast.module.css';
import { digitsFor } from '../forecast/forecast-points.ts';
import classes from '../inventory.module.css';
import { useUnits } from '../units/use-units.ts';

type Miss = NonNullable<CompanyPastQuery['companyForecastPast']>['misses'][number];

/** The products whose forecasts of the last weeks were farthest off in money, each with the way to its own past. */
export function CompanyMisses({ misses, currency }: { readonly misses: readonly Miss[]; readonly currency: string }) {
  const t = useTranslations('inventory.forecast.past');
  const format = useFormat();
  const written = useUnits();
  const query = useScopeQuery();
  const units = (value: number, { product, said, sold }: Miss) =>
    written.quantity(value, product?.unit, { digits: digitsFor([said, sold]) });
  return (
    <div className={forecastClasses.trial}>
      <h3>{t('misses')}</h3>
      <SmallTable
        caption={t('misses')}
        rows={misses}
        rowId={({ product, site }) => `${product?.id ?? ''} ${site.id}`}
        columns={[
          {
            id: 'product',
            label: t('product'),
            value: ({ product }) => product?.name ?? '–',
            cell: ({ product, site }) => (
              <span className={classes.proposal}>
                {product === null ? (
                  '–'
                ) : (
                  <Link
                    className={classes.name}
                    href={{ pathname: `/inventory/products/${product.id}`, query: { ...query, site: site.id } }}
                  >
                    {product.name}
                  </Link>
                )}
                <span className={classes.reason}>{[product?.sku, site.name].filter(Boolean).join(' · ')}</span>
              </span>
            ),
          },
          { id: 'said', label: t('said'), value: (miss) => units(miss.said, miss), align: 'end', isWide: true },
          { id: 'sold', label: t('sold'), value: (miss) => units(miss.sold, miss), align: 'end', isWide: true },
          {
            id: 'missed',
            label: t('missed'),
            value: ({ missed }) => format.money(missed, currency),
            align: 'end',
          },
        ]}
      />
    </div>
  );
}
