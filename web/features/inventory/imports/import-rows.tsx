'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ImportRowLineFragment,
  ImportRowLineFragmentDoc,
  ImportRowsDocument,
  type ImportSummaryFragment,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag, type StateTone } from '../../../ui/state-tag.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import type { RowView } from './import-state.ts';
import classes from './imports.module.css';

const fewRows = 50;
const mostRows = 200;

/** Rows of a file with what each does; or, after an undo that was refused, those that something else has changed. */
export function ImportRows({
  file,
  plan,
  view,
}: {
  readonly file: ImportSummaryFragment;
  readonly plan: string | null;
  readonly view: RowView;
}) {
  const t = useTranslations('inventory.imports');
  const [first, setFirst] = useState(fewRows);
  const onlyProblems = file.problem === 'CHANGED_SINCE';
  const { data, isLoading, failed, retry } = useGraph(
    ImportRowsDocument,
    useMemo(
      () => ({
        ...{ uploadId: file.uploadId, onlyProblems, first },
        // What was refused when it was read was never written, and is not in the way of an undo.
        statuses: onlyProblems ? (['CREATED', 'UPDATED'] as const) : view === 'ALL' ? null : [view],
      }),
      [file.uploadId, view, onlyProblems, first],
    ),
  );
  // What the rows say is of one plan: another one asks anew.
  const [seenPlan, setSeenPlan] = useState(`${plan}${file.status}`);
  if (seenPlan !== `${plan}${file.status}`) {
    setSeenPlan(`${plan}${file.status}`);
    retry();
  }
  const rows = (data?.upload?.rows ?? []).map((row) => readFragment(ImportRowLineFragmentDoc, row));
  const columns = useRowColumns({
    isSales: file.kind === 'SALES',
    hasWarehouses: rows.some(({ warehouse }) => warehouse !== null),
  });
  if (failed !== null) return <ErrorState failure={failed} what={t('rows.title')} onRetry={retry} />;
  if (isLoading) return <SkeletonRows count={6} />;
  if (rows.length === 0) return <p className={classes.none}>{t('rows.none')}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.rows} tabIndex={0} aria-label={t('rows.title')}>
        <SmallTable caption={t('rows.title')} columns={columns} rows={rows} rowId={({ row }) => String(row)} />
      </section>
      {rows.length < first ? null : first === fewRows ? (
        <Button size="small" look="quiet" className={classes.more} onClick={() => setFirst(mostRows)}>
          {t('rows.more')}
        </Button>
      ) : (
        <p className={classes.none}>{t('rows.first', { count: mostRows })}</p>
      )}
    </>
  );
}

const toneOfRow: Readonly<Record<ImportRowLineFragment['status'], StateTone>> = {
  ...{
    STAGED: 'neutral',
    QUARANTINED: 'fault',
    CREATED: 'ok',
    UPDATED: 'brand',
    SKIPPED: 'neutral',
    UNDONE: 'neutral',
  },
};

function useRowColumns({
  isSales,
  hasWarehouses,
}: {
  readonly isSales: boolean;
  readonly hasWarehouses: boolean;
}): readonly TableColumn<ImportRowLineFragment>[] {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  // As many digits as the file has: what is shown is what is written.
  const exact = (value: string | null) =>
    value === null ? '' : format.number(value, { digits: value.split('.')[1]?.length ?? 0 });
  const reasons = ({ problems, line }: ImportRowLineFragment) =>
    problems
      .map(
        ({ column, message }) =>
          `${column === null ? t('rows.at', { line }) : `${column}${line}`}: ${message[format.language]}`,
      )
      .join(' ');
  return [
    {
      id: 'product',
      label: t('rows.product'),
      value: ({ sku }) => sku,
      cell: (row) => (
        <>
          <span className={classes.code}>{row.sku ?? t('rows.at', { line: row.line })}</span>
          {row.name === null ? null : <span className={classes.productName}>{row.name}</span>}
          {row.problems.length === 0 ? null : <span className={classes.why}>{reasons(row)}</span>}
        </>
      ),
    },
    {
      id: 'status',
      label: t('rows.does'),
      value: ({ status }) => status,
      cell: ({ status }) => <StateTag tone={toneOfRow[status]}>{t(`rowStatus.${status}`)}</StateTag>,
    },
    { id: 'line', label: t('rows.line'), value: ({ line }) => line, align: 'end', isWide: true },
    ...(isSales
      ? [{ id: 'folio', label: t('fields.folio'), value: (row: ImportRowLineFragment) => row.folio, isWide: true }]
      : []),
    ...(hasWarehouses
      ? [
          {
            ...{ id: 'warehouse', label: t('fields.warehouse'), isWide: true },
            value: ({ warehouse }: ImportRowLineFragment) => warehouse ?? '',
          },
        ]
      : []),
    {
      id: 'quantity',
      label: t('fields.quantity'),
      align: 'end',
      value: ({ quantity }) => quantity,
      cell: ({ quantity, previousQuantity }) =>
        previousQuantity === null || previousQuantity === quantity || quantity === null ? (
          exact(quantity)
        ) : (
          <>
            <span className={classes.before}>{exact(previousQuantity)}</span>
            <span className={classes.arrow} aria-hidden="true">
              →
            </span>
            {exact(quantity)}
          </>
        ),
    },
  ];
}
