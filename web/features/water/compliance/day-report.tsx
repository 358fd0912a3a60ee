'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import { tallyOf } from './slot-state.ts';

const numbers = ['owed', 'vouchers', 'waiting', 'inNeed'] as const;

export interface ReportedPoint {
  readonly id: string;
  readonly name: string;
  readonly day: Parameters<typeof tallyOf>[0][number] | undefined;
}

/** What became of one day at each point: the daily report. */
export function DayReport({ day, points }: { readonly day: string; readonly points: readonly ReportedPoint[] }) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const rows = points.map((point) => ({ ...point, tally: tallyOf(point.day === undefined ? [] : [point.day]) }));
  const number = (id: (typeof numbers)[number]) => ({
    ...{ id, label: t(`report.${id}`), align: 'end' as const, isWide: id === 'owed' || id === 'waiting' },
    value: ({ tally }: (typeof rows)[number]) => tally[id],
  });
  return (
    <Panel title={t('report.title', { day: format.day(day) })}>
      <SmallTable
        caption={t('report.title', { day: format.day(day) })}
        columns={[{ id: 'name', label: t('report.point'), value: ({ name }) => name }, ...numbers.map(number)]}
        rows={rows}
        rowId={({ id }) => id}
      />
    </Panel>
  );
}
