'use client';
import { useTranslations } from 'next-intl';
import type { PointTrendFragment, TrendSpan, VariableKind } from '../../../../graphql/generated/graphql.ts';
import { writeUnit } from '../../../../ui/format/units.ts';
import { useFormat } from '../../../../ui/format/use-format.ts';
import { kindDigits } from '../kinds.ts';
import classes from './outlook.module.css';

/** Where it is going, in a sentence, and how sure that is. */
export function TrendWords({
  trend,
  kind,
  span,
}: {
  readonly trend: PointTrendFragment;
  readonly kind: VariableKind;
  readonly span: TrendSpan;
}) {
  const t = useTranslations('water.point.outlook');
  const format = useFormat();
  const { direction, perMonth, lowPerMonth, highPerMonth, percentPerMonth } = trend;
  const when = t(`during.${span}`);
  if (trend.state !== 'READY' || direction === null || perMonth === null) {
    return (
      <p className={classes.trend}>{t(`trendState.${trend.state === 'READY' ? 'WAITING' : trend.state}`, { when })}</p>
    );
  }
  const unit = writeUnit(trend.unit);
  const digits = kindDigits[kind] + 2;
  const moved = (value: number | null) => format.number(Math.abs(value ?? 0), { digits });
  // What is told without its sign is told from the smaller to the larger.
  const ends = direction === 'FALLING' ? [highPerMonth, lowPerMonth] : [lowPerMonth, highPerMonth];
  return (
    <p className={classes.trend} data-direction={direction}>
      <strong>
        {t(`trend.${direction}`, {
          ...{ what: t(`quantities.${kind}`), when },
          perMonth: format.quantity(Math.abs(perMonth), unit, { digits }),
        })}
      </strong>{' '}
      {direction === 'STEADY'
        ? t('steady', {
            low: format.number(lowPerMonth, { digits }),
            high: format.quantity(highPerMonth, unit, { digits }),
          })
        : t('sure', { low: moved(ends[0] ?? null), high: moved(ends[1] ?? null) })}{' '}
      {direction === 'STEADY' || percentPerMonth === null
        ? null
        : t('percent', { percent: format.percent(Math.abs(percentPerMonth), { digits: 1 }) })}{' '}
      <span className={classes.quiet}>{t(trend.isSeasonRemoved === true ? 'seasonOut' : 'seasonIn')}</span>
    </p>
  );
}
