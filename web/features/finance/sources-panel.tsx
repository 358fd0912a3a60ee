'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  FinanceSourcesDocument,
  type SourceStatusFragment,
  SourceStatusFragmentDoc,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { useNow } from '../../ui/use-now.ts';
import { NextRun } from './next-run.tsx';
import { sourceState, sourceTones } from './source-state.ts';

/** Where the numbers come from, how old each load is, and what is wrong with it. */
export function SourcesPanel({ companyId }: { readonly companyId: string }) {
  const t = useTranslations('finance.sources');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const { data, isLoading, failed, failures, retry } = useGraph(
    FinanceSourcesDocument,
    useMemo(() => ({}), []),
  );
  const failure = failed ?? failures[0] ?? null;
  const rows = (data?.etlStatus ?? [])
    .map((one) => readFragment(SourceStatusFragmentDoc, one))
    .filter(({ source }) => source.company.id === companyId);
  const columns: readonly TableColumn<SourceStatusFragment>[] = [
    { id: 'name', label: t('source'), value: (row) => row.source.name },
    {
      id: 'age',
      label: t('loaded'),
      align: 'end',
      value: (row) => row.lastRun?.finishedAt ?? null,
      cell: ({ lastRun }) =>
        lastRun === null || lastRun.finishedAt === null ? (
          '–'
        ) : (
          <time dateTime={lastRun.finishedAt} title={format.instant(lastRun.finishedAt)}>
            {format.age(now - Date.parse(lastRun.finishedAt))}
          </time>
        ),
    },
    {
      id: 'next',
      isWide: true,
      label: t('next'),
      align: 'end',
      value: (row) => row.source.nextRunAt,
      cell: ({ source }) => <NextRun at={source.nextRunAt} nowMs={now} />,
    },
    {
      id: 'state',
      label: t('state'),
      align: 'end',
      value: (row) => t(`states.${sourceState(row)}`),
      cell: (row) => {
        const state = sourceState(row);
        return <StateTag tone={sourceTones[state]}>{t(`states.${state}`)}</StateTag>;
      },
    },
  ];
  return (
    <Panel title={t('title')}>
      {isLoading ? (
        <SkeletonRows count={3} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable caption={t('title')} columns={columns} rows={rows} rowId={(row) => row.source.id} />
      )}
    </Panel>
  );
}
