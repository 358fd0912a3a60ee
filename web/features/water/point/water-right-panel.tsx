'use client';
import { useTranslations } from 'next-intl';
import type { PointFactsFragment, PointLatestFragment } from '../../../graphql/generated/graphql.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dayCount, todayIn, yearToDate } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { readQuota } from '../quota.ts';
import classes from './budget.module.css';
import { Budget } from './budget.tsx';

/** What the water right grants against what is taken, at this pace. */
export function WaterRightPanel({
  point,
  latest,
  year,
  days,
  today,
}: {
  readonly point: PointFactsFragment;
  readonly latest: PointLatestFragment['latest'];
  readonly year: { readonly volumeM3: string } | null;
  readonly days: readonly { readonly at: string; readonly value: number | null }[];
  readonly today: string;
}) {
  const t = useTranslations('water.point.right');
  const format = useFormat();
  const { waterRightFlowLps, waterRightYearlyM3, timeZone } = point;
  const used = year === null ? null : Number(year.volumeM3);
  const flow = latest.find(({ variable }) => variable === 'FLOW')?.value ?? null;
  const quota =
    used === null
      ? null
      : readQuota(
          {
            ...{ volumeM3: used, grantedYearlyM3: waterRightYearlyM3 },
            days: days.map(({ at, value }) => ({ date: todayIn(timeZone, new Date(at)), volumeM3: value ?? 0 })),
          },
          today,
        );
  const elapsed =
    dayCount(yearToDate(today)) / dayCount({ from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` });
  return (
    <Panel title={t('title')} {...(point.standard === null ? {} : { aside: t(`standards.${point.standard}`) })}>
      {waterRightFlowLps === null && waterRightYearlyM3 === null ? (
        <EmptyState title={t('none.title')} hint={t('none.hint')} />
      ) : (
        <div className={classes.budgets}>
          {waterRightYearlyM3 === null || used === null ? null : (
            <Budget
              label={t('year', { year: today.slice(0, 4) })}
              used={used}
              granted={Number(waterRightYearlyM3)}
              text={t('ofGranted', {
                used: format.number(used),
                granted: format.quantity(waterRightYearlyM3, 'm³'),
                percent: format.percent(quota?.usedPct ?? 0),
              })}
              mark={{ share: elapsed, label: t('elapsed', { percent: format.percent(elapsed * 100, { digits: 0 }) }) }}
              verdict={
                quota?.exhaustedOn == null
                  ? { text: t('lasts'), isGood: true }
                  : { text: t('ends', { day: format.day(quota.exhaustedOn) }), isGood: false }
              }
            />
          )}
          {waterRightFlowLps === null || flow === null ? null : (
            <Budget
              label={t('flow')}
              used={flow}
              granted={Number(waterRightFlowLps)}
              text={t('ofGranted', {
                used: format.number(flow, { digits: 1 }),
                granted: format.quantity(waterRightFlowLps, 'L/s', { digits: 1 }),
                percent: format.percent((flow / Number(waterRightFlowLps)) * 100, { digits: 0 }),
              })}
              verdict={
                flow > Number(waterRightFlowLps)
                  ? { text: t('flowOver'), isGood: false }
                  : { text: t('flowWithin'), isGood: true }
              }
            />
          )}
        </div>
      )}
    </Panel>
  );
}
