'use client';
import { useTranslations } from 'next-intl';
import { type Failure, failureAt } from '../../../graphql/failures.ts';
import type { ProductPageQuery, ProductRowFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { stockTones } from '../products/product-columns.tsx';
import { stockAt } from '../stock-at.ts';
import { quantityDigits } from '../units/quantity-digits.ts';
import { useUnits } from '../units/use-units.ts';
import { RunOutStat } from './run-out-stat.tsx';

const tones = { ok: 'good', attention: 'attention', fault: 'bad', neutral: 'plain' } as const;

/** A product in a few numbers, each from the subgraph that knows it. */
export function ProductHeadline({
  found,
  product,
  siteId,
  today,
  canForecast,
  failures,
}: {
  readonly found: NonNullable<ProductPageQuery['product']>;
  readonly product: ProductRowFragment;
  readonly siteId: string | null;
  /** The site's calendar day. */
  readonly today: string;
  readonly canForecast: boolean;
  readonly failures: readonly Failure[];
}) {
  const t = useTranslations('inventory');
  const format = useFormat();
  const units = useUnits();
  const quantity = (value: number | null) => format.number(value, { digits: quantityDigits(value, product.unit) });
  const here = stockAt(product.stock, siteId ?? '');
  const sold = found.sales.reduce((sum, point) => sum + Number(point.quantity), 0);
  const net = found.sales.reduce((sum, point) => sum + Number(point.netTotal), 0);
  const missing = (path: string) => (failureAt(failures, path) === null ? null : t('product.unanswered'));
  const { production, orderedQuantity } = found;
  // A spare part: its page says below that no plant made it.
  const isNeverMade =
    production != null && Number(production.producedTons) === 0 && Number(production.plannedTons) === 0;
  return (
    <StatRow label={t('product.headline')}>
      <Stat
        label={t('product.here')}
        value={quantity(here.onHand)}
        unit={units.name(product.unit, here.onHand)}
        comparison={{ text: t(`products.states.${here.state}`), tone: tones[stockTones[here.state]] }}
      />
      {canForecast && siteId !== null && here.onHand !== null ? (
        <RunOutStat key={siteId} productId={product.id} siteId={siteId} onHand={here.onHand} today={today} />
      ) : null}
      <Stat
        label={t('product.elsewhere')}
        value={quantity(here.elsewhere)}
        unit={units.name(product.unit, here.elsewhere)}
        comparison={{ text: t('product.otherSites'), tone: 'plain' }}
      />
      <Stat
        label={t('product.sold')}
        value={quantity(Math.round(sold * 1e5) / 1e5)}
        unit={units.name(product.unit, sold)}
        comparison={{ text: t('product.net', { amount: format.number(net, { digits: 0 }) }), tone: 'plain' }}
      />
      {orderedQuantity === undefined ? null : (
        <Stat
          label={t('product.ordered')}
          value={orderedQuantity === null ? '–' : quantity(Number(orderedQuantity))}
          unit={units.name(product.unit, orderedQuantity)}
          comparison={{ text: missing('product.orderedQuantity') ?? t('product.inOrders'), tone: 'plain' }}
        />
      )}
      {production === undefined || isNeverMade ? null : (
        <Stat
          label={t('product.made')}
          value={format.number(production?.producedTons ?? null, { digits: 1 })}
          unit="t"
          comparison={{
            text:
              missing('product.production') ??
              t('product.planned', { tons: format.number(production?.plannedTons ?? null, { digits: 1 }) }),
            tone: 'plain',
          }}
        />
      )}
    </StatRow>
  );
}
