'use client';
import { useTranslations } from 'next-intl';
import type { ReplenishmentFiguresFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { headlineMoney } from '../../finance/headline-money.ts';

/** What is to be bought in four numbers, each with the fact that makes it mean something. */
export function ReplenishmentHeadline({
  totals,
  supplierCount,
  currency,
}: {
  readonly totals: ReplenishmentFiguresFragment;
  readonly supplierCount: number;
  /** Of the company's books, ISO 4217. */
  readonly currency: string;
}) {
  const t = useTranslations('inventory.replenishment.headline');
  const format = useFormat();
  const { proposalCount, noRoomCount, withoutCostCount, forecastCount } = totals;
  const share = proposalCount === 0 ? null : (forecastCount / proposalCount) * 100;
  return (
    <StatRow label={t('label')}>
      <Stat
        label={t('products')}
        value={format.number(proposalCount)}
        comparison={
          noRoomCount === 0
            ? { text: t('ofSuppliers', { count: supplierCount }), tone: 'plain' }
            : {
                text: t('noRoom', { count: noRoomCount }),
                note: `· ${t('ofSuppliers', { count: supplierCount })}`,
                tone: 'attention',
              }
        }
      />
      <Stat
        label={t('risk')}
        value={headlineMoney(totals.valueAtRisk, format)}
        unit={currency}
        comparison={{ text: t('riskMeans'), tone: 'plain' }}
      />
      <Stat
        label={t('cost')}
        value={headlineMoney(totals.orderCost, format)}
        unit={currency}
        comparison={
          withoutCostCount === 0
            ? { text: t('atCost'), tone: 'plain' }
            : { text: t('withoutCost', { count: withoutCostCount }), tone: 'attention' }
        }
      />
      <Stat
        label={t('forecast')}
        value={format.number(share, { digits: 0 })}
        {...(share === null ? {} : { unit: '%' })}
        comparison={{ text: t('restBySales'), tone: 'plain' }}
      />
    </StatRow>
  );
}
