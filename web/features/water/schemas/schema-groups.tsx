'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { WaterSchemaFragment } from '../../../graphql/generated/graphql.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import type { DayRange } from '../../../ui/format/day-range.ts';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { useGroupColumns } from './group-columns.tsx';
import { withinReach } from './groups-period.ts';
import { SchemaChart } from './schema-chart.tsx';
import { useGroups } from './use-groups.ts';

/** The groups of one schema at one point over the period: drawn, listed newest first, and exported whole. */
export function SchemaGroups({
  point,
  schema,
  range,
}: {
  readonly point: { readonly id: string; readonly code: string };
  readonly schema: WaterSchemaFragment;
  readonly range: DayRange;
}) {
  const t = useTranslations('water.schemas');
  const { from, to } = withinReach(range, schema.interval);
  const { rows, totalCount, loadMore, allRows, isLoading, failed, retry } = useGroups(
    useMemo(() => ({ point: point.id, schema: schema.id, range: { from, to } }), [point.id, schema.id, from, to]),
  );
  const columns = useGroupColumns(schema, rows);
  if (failed !== null) return <ErrorState failure={failed} what={schema.name} onRetry={retry} />;
  return (
    <>
      {schema.chart === 'NONE' || rows.length < 2 ? null : <SchemaChart schema={schema} groups={rows} />}
      {from === range.from ? null : <p>{t('shortened')}</p>}
      <DataTable
        caption={schema.name}
        hasWorkbook
        columns={columns}
        rows={rows}
        rowId={({ from: at }) => at}
        totalCount={totalCount}
        onEnd={loadMore}
        allRows={allRows}
        fileName={`${point.code}-${schema.name}-${from}-${to}`}
        placeholder={
          isLoading ? <SkeletonRows count={6} /> : <EmptyState title={t('none.title')} hint={t('none.hint')} />
        }
      />
    </>
  );
}
