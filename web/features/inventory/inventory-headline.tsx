'use client';
import { useTranslations } from 'next-intl';
import type { InventoryHeadlineFragment } from '../../graphql/generated/graphql.ts';
import { Link } from '../../i18n/navigation.ts';
import { useScopeQuery } from '../../shell/use-scope-query.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { headlineMoney } from '../finance/headline-money.ts';
import classes from './inventory.module.css';

/** The state of a site's stock in five numbers, each with the fact that makes it mean something. */
export function InventoryHeadline({
  kpis,
  currency,
}: {
  readonly kpis: InventoryHeadlineFragment;
  /** Of the company's books, ISO 4217. */
  readonly currency: string;
}) {
  const t = useTranslations('inventory.headline');
  const format = useFormat();
  const query = useScopeQuery();
  const rows = (show: 'belowMinimum' | 'negative', text: string) => (
    <Link className={classes.toRows} href={{ pathname: '/inventory/products', query: { ...query, show } }}>
      {text}
    </Link>
  );
  return (
    <StatRow label={t('label')}>
      <Stat
        label={t('lowStock')}
        value={format.number(kpis.lowStockCount)}
        unit={t('ofProducts', { total: format.number(kpis.productCount) })}
        comparison={
          kpis.lowStockCount === 0
            ? { text: t('allStocked'), tone: 'good' }
            : { text: rows('belowMinimum', t('toBuy')), tone: 'attention' }
        }
      />
      <Stat
        label={t('value')}
        value={headlineMoney(kpis.stockValue, format)}
        unit={currency}
        comparison={
          kpis.withoutCostCount === 0
            ? { text: t('atCost'), tone: 'plain' }
            : { text: t('withoutCost', { count: kpis.withoutCostCount }), tone: 'attention' }
        }
      />
      <Stat
        label={t('cover')}
        value={format.number(kpis.daysOfCover, { digits: 1 })}
        {...(kpis.daysOfCover === null ? {} : { unit: t('days') })}
        comparison={{ text: kpis.daysOfCover === null ? t('nothingSold') : t('pace'), tone: 'plain' }}
      />
      <Stat
        label={t('dailyCost')}
        value={headlineMoney(kpis.dailyCostOfSales, format)}
        unit={t('perDay', { currency })}
        comparison={{ text: t('mean'), tone: 'plain' }}
      />
      <Stat
        label={t('negative')}
        value={format.number(kpis.negativeStockCount)}
        unit={t('products', { count: kpis.negativeStockCount })}
        comparison={
          kpis.negativeStockCount === 0
            ? { text: t('noneNegative'), tone: 'good' }
            : { text: rows('negative', t('toCorrect')), tone: 'attention' }
        }
      />
    </StatRow>
  );
}
