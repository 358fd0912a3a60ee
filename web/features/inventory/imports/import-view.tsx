'use client';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ImportDetailFragment,
  ImportDetailFragmentDoc,
  type ImportSummaryFragment,
  ImportSummaryFragmentDoc,
  SpreadsheetImportDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { FollowImport } from './follow-import.tsx';
import { ImportActions } from './import-actions.tsx';
import { ImportColumns } from './import-columns.tsx';
import { ImportFacts } from './import-facts.tsx';
import { ImportRows } from './import-rows.tsx';
import { isMoving, type RowView, rowViews, toneOf } from './import-state.ts';
import classes from './imports.module.css';
import { ProgressLine } from './progress-line.tsx';
import { useDownloads } from './use-downloads.ts';

/** As many refused rows the platform puts into one file. */
const mostRefusedRows = 20_000;

/** One file: what was understood of it, what it will do or did, and what can be done with it. */
export function ImportView({ uploadId, site }: { readonly uploadId: string; readonly site: ScopeSite | null }) {
  const t = useTranslations('inventory.imports');
  const { data, isLoading, failed, failures, retry } = useGraph(
    SpreadsheetImportDocument,
    useMemo(() => ({ uploadId }), [uploadId]),
  );
  const detail = readFragment(ImportDetailFragmentDoc, data?.upload);
  const failure = failed ?? failureAt(failures, 'upload');
  if (detail != null) return <OpenImport detail={detail} site={site} />;
  return (
    <Panel title={t('view.title')}>
      {isLoading ? (
        <SkeletonRows count={6} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('view.title')} onRetry={retry} />
      ) : (
        <EmptyState title={t('view.unknown.title')} hint={t('view.unknown.hint')} />
      )}
    </Panel>
  );
}

function OpenImport({ detail, site }: { readonly detail: ImportDetailFragment; readonly site: ScopeSite | null }) {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  const file = readFragment(ImportSummaryFragmentDoc, detail);
  const { uploadId, status, problemMessage, rowsRefused } = file;
  const downloads = useDownloads(file);
  const [view, setView] = useState<RowView>('ALL');
  const hasRows = status === 'PREVIEW' || status === 'COMPLETED' || status === 'UNDONE';
  const canBeRead = status === 'PREVIEW' || status === 'FAILED';
  return (
    <Panel
      title={file.filename}
      aside={<StateTag tone={toneOf[status]}>{t(`status.${status}`)}</StateTag>}
      actions={
        <Button size="small" icon={<IconDownload size={15} aria-hidden="true" />} onClick={downloads.original}>
          {t('view.original')}
        </Button>
      }
    >
      <div className={classes.view}>
        {isMoving(status) ? <UnderWay file={file} /> : null}
        {problemMessage === null ? null : (
          <p className={classes.note} data-tone={status === 'FAILED' ? 'fault' : 'attention'} role="status">
            {problemMessage[format.language]}
          </p>
        )}
        {hasRows ? <Counts file={file} view={view} onView={setView} /> : null}
        {hasRows || detail.sheets.length > 0 ? <ImportFacts detail={detail} /> : null}
        {canBeRead && detail.headings.length > 0 ? (
          <ImportColumns key={`${detail.plan}${status}`} detail={detail} isOpen={status === 'FAILED'} />
        ) : null}
        {hasRows ? <ImportRows key={view} file={file} plan={detail.plan} view={view} /> : null}
        {rowsRefused > 0 && hasRows ? (
          <Button
            className={classes.refused}
            size="small"
            icon={<IconDownload size={15} aria-hidden="true" />}
            onClick={downloads.refusedRows}
          >
            {rowsRefused > mostRefusedRows
              ? t('view.firstRefusedRows', { written: format.number(mostRefusedRows) })
              : t('view.refusedRows', { count: rowsRefused, written: format.number(rowsRefused) })}
          </Button>
        ) : null}
        {downloads.hasFailed ? (
          <p className={classes.wrong} role="alert">
            {t('view.notDownloaded')}
          </p>
        ) : null}
        <ImportActions detail={detail} file={file} site={site} />
      </div>
      {isMoving(status) ? <FollowImport uploadId={uploadId} /> : null}
    </Panel>
  );
}

function UnderWay({ file: { status, rowsRead } }: { readonly file: ImportSummaryFragment }) {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  const step = status === 'COMMITTING' || status === 'UNDOING' ? status : 'PARSING';
  return (
    <div className={classes.underWay} role="status">
      <p>
        {t(`underWay.${step}`)}{' '}
        {rowsRead > 0 ? t('history.rows', { count: rowsRead, written: format.number(rowsRead) }) : null}
      </p>
      <ProgressLine label={t(`underWay.${step}`)} share={null} />
    </div>
  );
}

/** How many rows do what; each figure shows its rows. */
function Counts({
  file,
  view,
  onView,
}: {
  readonly file: ImportSummaryFragment;
  readonly view: RowView;
  readonly onView: (view: RowView) => void;
}) {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  const { rowsRead, rowsCreated, rowsUpdated, rowsRefused } = file;
  const counts: Readonly<Record<RowView, number>> = {
    ...{ ALL: rowsRead, CREATED: rowsCreated, UPDATED: rowsUpdated, QUARANTINED: rowsRefused },
    SKIPPED: rowsRead - rowsCreated - rowsUpdated - rowsRefused,
  };
  return (
    <fieldset className={classes.counts} aria-label={t('counts.label')}>
      {rowViews.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          data-tone={one === 'QUARANTINED' && rowsRefused > 0 ? 'fault' : undefined}
          onClick={() => onView(one)}
        >
          <strong>{format.number(counts[one])}</strong>
          <span>{t(`counts.${one}`, { count: counts[one] })}</span>
        </button>
      ))}
    </fieldset>
  );
}
