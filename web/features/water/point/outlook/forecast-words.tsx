'use client';
import { useTranslations } from 'next-intl';
import type { PointForecastFragment } from '../../../../graphql/generated/graphql.ts';
import { writeUnit } from '../../../../ui/format/units.ts';
import { useFormat } from '../../../../ui/format/use-format.ts';
import classes from './outlook.module.css';

/** How far the forecast can be trusted: what it would have said before, against what came. */
export function ForecastWords({ forecast }: { readonly forecast: PointForecastFragment }) {
  const t = useTranslations('water.point.outlook');
  const format = useFormat();
  const { state, method, meanError, naiveError, coverage, origins } = forecast;
  const unit = writeUnit(forecast.unit);
  const written = (value: number | null) => format.quantity(value, unit, { digits: 2 });
  return (
    <section className={classes.section}>
      <h3>{t('forecast.title')}</h3>
      {state !== 'READY' || method === null ? (
        <p>{t(`forecast.${state === 'READY' ? 'WAITING' : state}`)}</p>
      ) : (
        <>
          <p>
            {t(`forecast.${method}`, {
              ...{ origins: origins ?? 0, error: written(meanError), naive: written(naiveError) },
            })}
          </p>
          <p className={classes.quiet}>
            {t('forecast.coverage', { percent: format.percent((coverage ?? 0) * 100, { digits: 0 }) })}
          </p>
        </>
      )}
    </section>
  );
}
