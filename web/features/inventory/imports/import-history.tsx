'use client';
import { useTranslations } from 'next-intl';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ImportSummaryFragment,
  ImportSummaryFragmentDoc,
  type SpreadsheetImportsQuery,
} from '../../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { FollowImport } from './follow-import.tsx';
import { isMoving, toneOf } from './import-state.ts';

/** What came in before, newest first; each can be opened again. */
export function ImportHistory({
  answer,
  maySend,
  openId,
  onOpen,
}: {
  readonly answer: GraphAnswer<SpreadsheetImportsQuery>;
  readonly maySend: boolean;
  readonly openId: string | null;
  readonly onOpen: (uploadId: string) => void;
}) {
  const t = useTranslations('inventory.imports');
  const files = (answer.data?.spreadsheetImports ?? []).map((file) => readFragment(ImportSummaryFragmentDoc, file));
  return (
    <Panel title={t('history.title')}>
      {answer.isLoading ? (
        <SkeletonRows count={4} />
      ) : answer.failed !== null ? (
        <ErrorState failure={answer.failed} what={t('history.title')} onRetry={answer.retry} />
      ) : files.length === 0 ? (
        <EmptyState
          title={t('history.empty.title')}
          hint={t(maySend ? 'history.empty.hint' : 'history.empty.hintToRead')}
        />
      ) : (
        <RowList>
          {files.map((file) => (
            <HistoryRow key={file.id} file={file} onOpen={() => onOpen(file.uploadId)} />
          ))}
        </RowList>
      )}
      {files
        .filter(({ status, uploadId }) => isMoving(status) && uploadId !== openId)
        .map(({ uploadId }) => (
          <FollowImport key={uploadId} uploadId={uploadId} />
        ))}
    </Panel>
  );
}

function HistoryRow({ file, onOpen }: { readonly file: ImportSummaryFragment; readonly onOpen: () => void }) {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  const { kind, status, rowsRead } = file;
  return (
    <Row
      title={file.filename}
      subtitle={[...(kind === null ? [] : [t(`kinds.${kind}`)]), format.instant(file.createdAt)].join(' · ')}
      note={rowsRead === 0 ? undefined : t('history.rows', { count: rowsRead, written: format.number(rowsRead) })}
      hasEnded={status === 'UNDONE' || status === 'CANCELLED'}
      tag={<StateTag tone={toneOf[status]}>{t(`status.${status}`)}</StateTag>}
      onOpen={onOpen}
    />
  );
}
