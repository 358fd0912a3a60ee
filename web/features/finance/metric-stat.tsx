'use client';
import { useTranslations } from 'next-intl';
import type { DashboardNumberFragment } from '../../graphql/generated/graphql.ts';
import { describeChange } from '../../ui/format/change.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { given } from '../../ui/given.ts';
import { Stat } from '../../ui/stat.tsx';
import { headlineMoney } from './headline-money.ts';
import { unitKey } from './unit-key.ts';

/** One metric of a tab: its last 30 days against the 30 before, and the days behind it. */
export function MetricStat({ metric }: { readonly metric: DashboardNumberFragment }) {
  const t = useTranslations('finance');
  const format = useFormat();
  const { definition, current, previous, days } = metric;
  const isShare = definition.unit === '%';
  const isMoney = /^[A-Z]{3}$/.test(definition.unit);
  const value = current?.value ?? null;
  const before = previous?.value ?? null;
  const known = unitKey(definition.unit);
  const more = definition.isHigherBetter === null ? 'plain' : definition.isHigherBetter ? 'good' : 'bad';
  return (
    <Stat
      label={format.language === 'es' ? definition.labelEs : definition.labelEn}
      value={isMoney ? headlineMoney(value, format) : format.number(value, { digits: isShare ? 1 : 0 })}
      {...(value === null
        ? {}
        : { unit: known === null ? definition.unit : t(`units.${known}`, { count: Number(value) }) })}
      trend={days.map((day) => (day.value === null ? null : Number(day.value)))}
      {...given(
        'comparison',
        value === null
          ? { text: t('dashboard.noData'), tone: 'plain' as const }
          : describeChange(
              Number(value),
              before === null ? null : Number(before),
              { more, as: isShare ? 'points' : 'percent', note: t('dashboard.versus') },
              format,
            ),
      )}
    />
  );
}
