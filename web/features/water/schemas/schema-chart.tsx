'use client';
import { useTranslations } from 'next-intl';
import type { WaterGroupFragment, WaterSchemaFragment } from '../../../graphql/generated/graphql.ts';
import type { ChartData, ChartSeries } from '../../../ui/charts/chart-data.ts';
import { BarSeries, TimeSeries } from '../../../ui/charts/lazy-chart.tsx';
import { writeUnit } from '../../../ui/format/units.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { type ShownColumn, useShownColumns } from './group-columns.tsx';

const colors = ['brand', 'blue', 'ochre', 'plum', 'slate'] as const;

/** The columns of the first unit at the left axis, those of the next one at the right; five at most. */
export function SchemaChart({
  schema,
  groups,
}: {
  readonly schema: WaterSchemaFragment;
  /** Newest first. */
  readonly groups: readonly WaterGroupFragment[];
}) {
  const t = useTranslations('water.schemas');
  const format = useFormat();
  const columns = useShownColumns(schema);
  const oldestFirst = groups.toReversed();
  const isByDay = schema.interval === 'DAY' || schema.interval === 'MONTH';
  const data: ChartData = {
    caption: schema.name,
    positionLabel: t('when'),
    positions: oldestFirst.map(({ from }) => from),
    tickText: (at) => (isByDay ? format.dayOf(at) : format.clock(at)),
    fullText: (at) => (isByDay ? format.dayOf(at) : format.instant(at)),
    series: seriesOf(columns, oldestFirst),
  };
  return schema.chart === 'BARS' ? <BarSeries data={data} /> : <TimeSeries data={data} />;
}

function seriesOf(columns: readonly ShownColumn[], groups: readonly WaterGroupFragment[]): readonly ChartSeries[] {
  const unitOf = (name: string) => groups[0]?.values.find((cell) => cell.name === name)?.unit ?? '';
  const [left, right] = [...new Set(columns.map(({ name }) => unitOf(name)))];
  return columns
    .filter(({ name }) => unitOf(name) === left || unitOf(name) === right)
    .slice(0, colors.length)
    .map(({ name, label, digits }, index) => ({
      ...{ id: name, label, digits, unit: writeUnit(unitOf(name)), color: colors[index] ?? 'brand' },
      ...(unitOf(name) === left ? {} : { axis: 'right' as const, kind: 'line' as const }),
      values: groups.map(({ values }) => values.find((cell) => cell.name === name)?.value ?? null),
    }));
}
