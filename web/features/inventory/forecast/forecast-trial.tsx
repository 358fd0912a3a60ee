'use client';
import { useTranslations } from 'next-intl';
import type { ForecastFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import classes from './forecast.module.css';
import { digitsFor } from './forecast-points.ts';

type Backtest = ForecastFactsFragment['backtests'][number];

/** How each method did on the last months, without having seen them. */
export function ForecastTrial({
  backtests,
  basisDays,
  unit,
}: {
  readonly backtests: readonly Backtest[];
  readonly basisDays: number;
  readonly unit: string;
}) {
  const t = useTranslations('inventory.forecast');
  const format = useFormat();
  const digits = Math.max(1, digitsFor(backtests.map(({ mae }) => mae)));
  const number = (value: number | null) => format.number(value, { digits });
  const ratio = (value: number | null) => format.number(value, { digits: 2 });
  return (
    <div className={classes.trial}>
      <h3>{t('trial.title')}</h3>
      <p className={classes.quiet}>{t('trial.how', { days: basisDays })}</p>
      <SmallTable
        caption={t('trial.title')}
        rows={backtests}
        rowId={({ method }) => method}
        columns={[
          {
            id: 'method',
            label: t('trial.method'),
            value: ({ methodName }) => methodName[format.language],
            cell: ({ methodName, isChampion }) => (
              <span className={classes.method}>
                <span>{methodName[format.language]}</span>
                {isChampion ? <span className={classes.chosen}>{t('trial.chosen')}</span> : null}
              </span>
            ),
          },
          { id: 'mae', label: t('trial.mae'), unit, value: ({ mae }) => number(mae), align: 'end' },
          {
            id: 'skill',
            label: t('trial.skill'),
            value: ({ skill }) => (skill === null ? '–' : format.percent(skill * 100, { digits: 0, signed: true })),
            align: 'end',
          },
          { id: 'mase', label: 'MASE', value: ({ mase }) => ratio(mase), align: 'end', isWide: true },
          {
            id: 'bias',
            label: t('trial.bias'),
            unit,
            value: ({ bias }) => format.number(bias, { digits, signed: true }),
            align: 'end',
            isWide: true,
          },
          { id: 'rmse', label: 'RMSE', unit, value: ({ rmse }) => number(rmse), align: 'end', isWide: true },
          { id: 'r2', label: 'R²', value: ({ r2 }) => ratio(r2), align: 'end', isWide: true },
        ]}
      />
    </div>
  );
}
