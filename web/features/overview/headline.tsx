'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../graphql/failures.ts';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  CatchmentRowFragmentDoc,
  DailyMetricValueFragmentDoc,
  HeadlineProductionFragmentDoc,
  type OverviewQuery,
  PointLatestFragmentDoc,
} from '../../graphql/generated/graphql.ts';
import type { Scope } from '../../shell/scope.ts';
import { useChange } from '../../shell/use-change.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { SkeletonStats } from '../../ui/skeleton.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { StatFailure } from '../../ui/stat-failure.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useLowStock } from '../inventory/use-low-stock.ts';
import { useDailyProduction } from '../production/use-daily-production.ts';
import { pointState } from '../water/point-state.ts';
import { newestValue } from '../water/variables.ts';
import { metricByDay, metricDays, metricTotal } from './daily-metrics.ts';
import type { Domain } from './site-domains.ts';

type KnownSite = NonNullable<OverviewQuery['site']>;

export interface HeadlineProps {
  readonly site: KnownSite | null;
  readonly siteId: string;
  /** What a site of this kind is about: a missing answer of one of these is worth a word. */
  readonly own: ReadonlySet<Domain>;
  readonly scope: Scope;
  readonly failureOf: (field: string) => Failure | null;
  readonly onRetry: () => void;
}

/** The numbers somebody opens the page for, each against the period before. */
export function Headline(props: HeadlineProps) {
  const t = useTranslations('overview.headline');
  const { site, own } = props;
  if (site === null) return <SkeletonStats count={Math.min(5, own.size + 1)} />;
  const points = (site.catchmentPoints ?? []).map((point) => readFragment(CatchmentRowFragmentDoc, point));
  return (
    <StatRow label={t('label')}>
      {own.has('production') || site.production ? <ProductionStats {...props} site={site} /> : null}
      {site.production ? <SackoffStat {...props} site={site} /> : null}
      {own.has('inventory') || site.lowStockCount !== null ? <LowStockStat {...props} site={site} /> : null}
      {points.length > 0 ? <FlowStat points={points} /> : null}
      {site.clinic?.stats ? <AppointmentsStat stats={site.clinic.stats} /> : null}
      {(site.dailyMetrics?.length ?? 0) > 0 ? <OrdersStat {...props} site={site} /> : null}
    </StatRow>
  );
}

function ProductionStats({ site, siteId, scope, failureOf, onRetry }: HeadlineProps & { readonly site: KnownSite }) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const change = useChange(scope);
  const daily = useDailyProduction(siteId, scope.range);
  const now = readFragment(HeadlineProductionFragmentDoc, site.production);
  const before = readFragment(HeadlineProductionFragmentDoc, site.productionBefore);
  const failure = failureOf('production');
  if (failure !== null) return <StatFailure label={t('production')} onRetry={onRetry} />;
  if (!now) return <Stat label={t('production')} value="–" comparison={{ text: t('noProduction'), tone: 'plain' }} />;
  return (
    <Stat
      label={t('production')}
      value={format.number(now.producedTons, { digits: 1 })}
      unit="t"
      trend={daily.tons}
      {...change(now.producedTons, before?.producedTons, { more: 'good', as: 'percent' })}
    />
  );
}

function SackoffStat({ site, siteId, scope }: HeadlineProps & { readonly site: KnownSite }) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const change = useChange(scope);
  const daily = useDailyProduction(siteId, scope.range);
  const now = readFragment(HeadlineProductionFragmentDoc, site.production);
  const before = readFragment(HeadlineProductionFragmentDoc, site.productionBefore);
  if (now?.sackoffPct === null || now?.sackoffPct === undefined) return null;
  return (
    <Stat
      label={t('sackoff')}
      value={format.number(now.sackoffPct, { digits: 2 })}
      unit="%"
      trend={daily.sackoff}
      {...change(now.sackoffPct, before?.sackoffPct, { more: 'bad', as: 'points' })}
    />
  );
}

function LowStockStat({ site, siteId, failureOf, onRetry }: HeadlineProps & { readonly site: KnownSite }) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const { productCount } = useLowStock(siteId);
  if (failureOf('lowStockCount') !== null) return <StatFailure label={t('lowStock')} onRetry={onRetry} />;
  const count = site.lowStockCount ?? null;
  return (
    <Stat
      label={t('lowStock')}
      value={format.number(count)}
      unit={
        productCount === null
          ? t('products', { count: count ?? 0 })
          : t('ofProducts', { total: format.number(productCount) })
      }
      comparison={count === 0 ? { text: t('allStocked'), tone: 'good' } : { text: t('toBuy'), tone: 'attention' }}
    />
  );
}

function FlowStat({ points }: { readonly points: readonly PointOfRow[] }) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const known = points.map((point) => ({ ...point, latest: readFragment(PointLatestFragmentDoc, point).latest }));
  const isFresh = known.filter((point) => pointState(point, now).name === 'upToDate');
  const flows = isFresh.flatMap((point) => newestValue(point.latest, 'flow')?.value ?? []);
  const isComplete = isFresh.length === known.length;
  return (
    <Stat
      label={t('flow')}
      value={
        flows.length === 0
          ? '–'
          : format.number(
              flows.reduce((sum, flow) => sum + flow, 0),
              { digits: 1 },
            )
      }
      {...(flows.length === 0 ? {} : { unit: 'L/s' })}
      comparison={{
        text: t('reporting', { fresh: isFresh.length, all: known.length }),
        tone: isComplete ? 'good' : 'attention',
      }}
    />
  );
}

function AppointmentsStat({
  stats,
}: {
  readonly stats: { readonly appointmentsToday: number; readonly openSlotsToday: number };
}) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const all = stats.appointmentsToday + stats.openSlotsToday;
  return (
    <Stat
      label={t('appointments')}
      value={format.number(stats.appointmentsToday)}
      unit={`/ ${format.number(all)}`}
      comparison={{ text: t('openSlots', { count: stats.openSlotsToday }), tone: 'plain' }}
    />
  );
}

function OrdersStat({ site, scope }: HeadlineProps & { readonly site: KnownSite }) {
  const t = useTranslations('overview.headline');
  const format = useFormat();
  const change = useChange(scope);
  const now = readFragment(DailyMetricValueFragmentDoc, site.dailyMetrics ?? []);
  const before = readFragment(DailyMetricValueFragmentDoc, site.dailyMetricsBefore ?? []);
  const total = metricTotal(now, 'orders');
  if (total === null) return null;
  return (
    <Stat
      label={t('orders')}
      value={format.number(total)}
      trend={metricByDay(now, 'orders', metricDays(now))}
      {...change(total, metricTotal(before, 'orders'), { more: 'good', as: 'percent' })}
    />
  );
}

type PointOfRow = ReturnType<typeof readRow>;
function readRow(point: FragmentType<typeof CatchmentRowFragmentDoc>) {
  return readFragment(CatchmentRowFragmentDoc, point);
}
