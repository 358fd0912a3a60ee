'use client';
import { useTranslations } from 'next-intl';
import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { WaterUseTotalsFragmentDoc } from '../../../graphql/generated/graphql.ts';
import type { Scope } from '../../../shell/scope.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { pointState } from '../point-state.ts';
import { readQuota } from '../quota.ts';
import { newestValue } from '../variables.ts';
import type { WaterPoint } from './water-point.ts';

/** As many names as fit under a headline number. */
const namedAtOnce = 2;

/** How much flows now, and how much of what should report does. */
export function WaterHeadline({
  points,
  use,
  yearUse,
  scope,
}: {
  readonly points: readonly WaterPoint[];
  readonly use: FragmentType<typeof WaterUseTotalsFragmentDoc> | null | undefined;
  readonly yearUse: FragmentType<typeof WaterUseTotalsFragmentDoc> | null | undefined;
  readonly scope: Scope;
}) {
  const t = useTranslations('water.headline');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const states = points.map((point) => pointState(point, now));
  const inState = (holds: (state: (typeof states)[number]) => boolean) =>
    points.filter((_, index) => {
      const state = states[index];
      return state !== undefined && holds(state);
    });
  const fresh = inState(({ name }) => name === 'upToDate');
  // What was put to rest owes no data.
  const expected = inState(({ name }) => name !== 'maintenance' && name !== 'inactive');
  const missing = expected.filter((point) => !fresh.includes(point)).map(({ name }) => name);
  const newest = fresh.flatMap((point) => newestValue(point.latest, 'flow') ?? []);
  const flows = newest.flatMap(({ value }) => value ?? []);
  const isDoubtful = newest.some(({ value, quality }) => value !== null && quality !== 'GOOD');
  const period = readFragment(WaterUseTotalsFragmentDoc, use);
  const year = readFragment(WaterUseTotalsFragmentDoc, yearUse);
  const quota = year ? readQuota(year, scope.today) : null;
  return (
    <StatRow label={t('label')}>
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
        unit="L/s"
        comparison={
          isDoubtful
            ? { text: t('flowDoubtful', { count: flows.length }), tone: 'attention' }
            : { text: t('flowOf', { count: flows.length }), tone: 'plain' }
        }
      />
      <Stat
        label={t('reporting')}
        value={format.number(fresh.length)}
        unit={`/ ${format.number(expected.length)}`}
        comparison={
          missing.length === 0
            ? { text: t('allReporting'), tone: 'good' }
            : {
                text: t('missing', {
                  names: missing.slice(0, namedAtOnce).join(', '),
                  more: Math.max(0, missing.length - namedAtOnce),
                }),
                tone: 'attention',
              }
        }
      />
      {period ? (
        <Stat
          label={t('used')}
          value={format.number(period.volumeM3)}
          unit="m³"
          trend={period.days.map((day) => day.volumeM3)}
          comparison={{ text: format.range(scope.range), tone: 'plain' }}
        />
      ) : null}
      {quota === null ? null : (
        <Stat
          label={t('quota')}
          value={format.number(quota.usedPct, { digits: 1 })}
          unit="%"
          comparison={
            quota.exhaustedOn === null
              ? { text: t('quotaLasts'), tone: 'good' }
              : { text: t('quotaEnds', { day: format.day(quota.exhaustedOn, false) }), tone: 'attention' }
          }
        />
      )}
    </StatRow>
  );
}
