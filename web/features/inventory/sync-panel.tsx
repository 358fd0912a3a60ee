'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  ErpSyncDocument,
  ErpSyncStateFragmentDoc,
  SyncStatusChangedDocument,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import { LiveNote } from '../../shell/live-note.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { useNow } from '../../ui/use-now.ts';
import { NextRun } from '../finance/next-run.tsx';
import { type SyncRow, syncRows } from './sync-rows.ts';

const tones = { upToDate: 'ok', running: 'brand', late: 'attention', failed: 'fault', never: 'neutral' } as const;

/** How old the copies from the ERP are, what is being copied right now, and when the next copy is due. */
export function SyncPanel({ companyId }: { readonly companyId: string }) {
  const t = useTranslations('inventory.sync');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const { data, isLoading, failed, failures, retry } = useGraph(
    ErpSyncDocument,
    useMemo(() => ({}), []),
  );
  const askAgain = useCoalesced(retry, 1_000);
  useLive(
    SyncStatusChangedDocument,
    useMemo(() => ({}), []),
    { onEvent: askAgain },
  );
  const status = readFragment(ErpSyncStateFragmentDoc, data?.syncStatus);
  const rows = status ? syncRows(status, companyId, now) : [];
  const failure = failed ?? failures[0] ?? null;
  const hasSeveral = new Set(rows.map((row) => row.erpName)).size > 1;
  const columns: readonly TableColumn<SyncRow>[] = [
    {
      id: 'entity',
      label: hasSeveral ? t('rows') : (rows[0]?.erpName ?? t('rows')),
      value: (row) => (hasSeveral ? `${t(`entities.${row.entity}`)} · ${row.erpName}` : t(`entities.${row.entity}`)),
    },
    {
      id: 'age',
      label: t('copied'),
      align: 'end',
      value: (row) => row.completedAt,
      cell: ({ completedAt }) =>
        completedAt === null ? (
          '–'
        ) : (
          <time dateTime={completedAt} title={format.instant(completedAt)}>
            {format.age(now - Date.parse(completedAt))}
          </time>
        ),
    },
    {
      id: 'next',
      isWide: true,
      label: t('next'),
      align: 'end',
      value: (row) => row.nextRunAt,
      cell: ({ nextRunAt }) => <NextRun at={nextRunAt} nowMs={now} />,
    },
    {
      id: 'state',
      label: t('state'),
      align: 'end',
      value: (row) => row.state,
      cell: ({ state, progress }) => (
        <StateTag tone={tones[state]}>
          {progress === null
            ? t(`states.${state}`)
            : progress.total === null
              ? t('copying', { done: format.number(progress.done) })
              : t('copyingOf', { done: format.number(progress.done), total: format.number(progress.total) })}
        </StateTag>
      ),
    },
  ];
  return (
    <Panel title={t('title')} aside={<LiveNote />}>
      {isLoading ? (
        <SkeletonRows count={4} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable caption={t('title')} columns={columns} rows={rows} rowId={(row) => row.id} />
      )}
    </Panel>
  );
}
