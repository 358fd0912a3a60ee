'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ResumeSyncDocument,
  SyncRunDetailDocument,
  type SyncRunDetailQuery,
  SyncRunFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Button } from '../../../ui/button.tsx';
import { Details } from '../../../ui/details.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { CertificateTable } from './certificate-table.tsx';
import { erpProblem } from './erp-problems.ts';
import { FailedRows } from './failed-rows.tsx';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';
import { SyncRunTag } from './sync-run-tag.tsx';

const step = 50;
const mostRows = 500;

/** One run: what it changed, the proof that all is here, and the rows that could not be taken, each with its reason. */
export function RunSheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const kindName = useTranslations('inventory.sync.entities');
  const [first, setFirst] = useState(step);
  const { data, isLoading, failed, retry } = useGraph(
    SyncRunDetailDocument,
    useMemo(() => ({ id, first }), [id, first]),
  );
  const detail = data?.syncJob ?? null;
  const run = readFragment(SyncRunFragmentDoc, detail);
  const name = run == null ? t('run') : `${kindName(run.entity)} · ${t(`modes.${run.mode}`)}`;
  return (
    <Sheet name={name} side="right" onClose={onClose} hasTitle>
      {isLoading ? (
        <SkeletonRows count={8} />
      ) : failed !== null && data === undefined ? (
        <ErrorState failure={failed} what={t('run')} onRetry={retry} />
      ) : detail === null ? (
        <EmptyState title={t('runGone')} hint={t('runGoneHint')} />
      ) : (
        <RunDetail
          detail={detail}
          onResumed={() => {
            retry();
            onChanged();
          }}
          onMore={first < mostRows && detail.failedRows.length === first ? () => setFirst(first + step) : null}
        />
      )}
    </Sheet>
  );
}

function RunDetail({
  detail,
  onResumed,
  onMore,
}: {
  readonly detail: NonNullable<SyncRunDetailQuery['syncJob']>;
  readonly onResumed: () => void;
  readonly onMore: (() => void) | null;
}) {
  const t = useTranslations('inventory.erp');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const run = readFragment(SyncRunFragmentDoc, detail);
  const problem = run.errorCode === null ? null : erpProblem(run.errorCode);
  const resume = async () => {
    if ((await act(ResumeSyncDocument, { id: run.id })) !== null) onResumed();
  };
  const isEnded = run.status === 'FAILED' || run.status === 'CANCELLED';
  return (
    <div className={classes.sheet}>
      <p>
        <SyncRunTag run={run} />
      </p>
      {run.errorCode === null ? null : (
        <p className={classes.fault}>
          {problem === null ? t('otherProblem', { code: run.errorCode }) : t(`problems.${problem}`)}
        </p>
      )}
      <Details
        rows={[
          [t('startedAt'), run.startedAt === null ? '–' : format.instant(run.startedAt)],
          [t('completedAt'), run.completedAt === null ? '–' : format.instant(run.completedAt)],
          [t('read'), format.number(run.recordsProcessed)],
          [t('created'), format.number(run.recordsCreated)],
          [t('updated'), format.number(run.recordsUpdated)],
          [t('deleted'), format.number(run.recordsDeleted)],
          [t('failed'), format.number(run.recordsFailed)],
          ...(run.attempt > 1 ? [[t('attempts'), format.number(run.attempt)] as const] : []),
        ]}
      />
      {isEnded ? (
        <div className={classes.end}>
          <Button look="primary" isBusy={isBusy} onClick={resume}>
            {t('resume')}
          </Button>
        </div>
      ) : null}
      <SyncRefusal refusal={refusal} />
      {detail.certificate === null ? null : <CertificateTable certificate={detail.certificate} />}
      {detail.failedRows.length === 0 ? null : (
        <FailedRows entity={run.entity} rows={detail.failedRows} count={run.recordsFailed} onMore={onMore} />
      )}
    </div>
  );
}
