'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProductPastFactsFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import classes from './forecast.module.css';
import { digitsFor } from './forecast-points.ts';

type Period = ProductPastFactsFragment['horizons'][number]['periods'][number];

/** At first: about two months. */
const firstRows = 8;

/** Each forecast whose days are over: what it said in all, and what was sold. */
export function PastPeriods({
  periods,
  horizonDays,
  unit,
}: {
  readonly periods: readonly Period[];
  readonly horizonDays: number;
  readonly unit: string;
}) {
  const t = useTranslations('inventory.forecast.past');
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  const digits = digitsFor(periods.map(({ said, sold }) => Math.max(said, sold)));
  const number = (value: number) => format.number(value, { digits });
  return (
    <div className={classes.trial}>
      <h3>
        {t('periods', { days: horizonDays })}
        {unit === '' ? null : <small> ({unit})</small>}
      </h3>
      <SmallTable
        caption={t('periods', { days: horizonDays })}
        rows={isAll ? periods : periods.slice(0, firstRows)}
        rowId={({ madeOn }) => madeOn}
        columns={[
          {
            id: 'period',
            label: t('period'),
            value: ({ madeOn, through }) => `${format.day(madeOn, false)} – ${format.day(through, false)}`,
          },
          { id: 'said', label: t('said'), value: ({ said }) => number(said), align: 'end' },
          { id: 'sold', label: t('sold'), value: ({ sold }) => number(sold), align: 'end' },
          {
            id: 'off',
            label: t('off'),
            value: ({ said, sold }) => format.number(said - sold, { digits, signed: true }),
            align: 'end',
            isWide: true,
          },
          {
            id: 'inside',
            label: t('daysInside'),
            value: ({ insideDays, knownDays }) =>
              t('insideOf', { inside: format.number(insideDays), known: format.number(knownDays) }),
            align: 'end',
          },
          {
            id: 'method',
            label: t('method'),
            value: ({ methodName }) => methodName[format.language],
            isWide: true,
          },
        ]}
      />
      {periods.length <= firstRows || isAll ? null : (
        <Button look="quiet" size="small" onClick={() => setAll(true)}>
          {t('all', { count: periods.length })}
        </Button>
      )}
    </div>
  );
}
