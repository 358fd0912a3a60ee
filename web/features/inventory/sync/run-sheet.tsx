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
import { StateTag } from '../../../ui/state-tag.tsx';
import { CertificateTable } from './certificate-table.tsx';
import { erpProblem } from './erp-problems.ts';
import { runTones } from './runs.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

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
        <StateTag tone={runTones[run.status]}>{t(`statuses.${run.status}`)}</StateTag>
      </p>
      {run.errorCode === null ? null : (
        <p className={classes.fault}>{problem === null ? detail.errorMessage : t(`problems.${problem}`)}</p>
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
        <section aria-label={t('failedRows')}>
          <h3>{t('failedRows')}</h3>
          <ul className={classes.rows}>
            {detail.failedRows.map((row) => (
              <li key={row.id}>
                <strong>{row.sourceKey}</strong> <FailureReason reason={row.reason} />
                <code>{JSON.stringify(row.data)}</code>
              </li>
            ))}
          </ul>
          {onMore === null ? null : (
            <Button size="small" onClick={onMore}>
              {t('more')}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

const reasons = [
  ...(['UNKNOWN_PRODUCT', 'UNKNOWN_WAREHOUSE', 'BAD_NUMBER', 'BAD_DATE'] as const),
  ...(['MISSING_KEY', 'MISSING_PRICE', 'UNKNOWN_TYPE'] as const),
] as const;

/** `BAD_NUMBER: price is x` is worded by its first part; what was found stands behind it. */
function FailureReason({ reason }: { readonly reason: string }) {
  const t = useTranslations('inventory.erp.reasons');
  const [code, found] = reason.split(': ');
  const known = reasons.find((one) => one === code);
  return <span>{known === undefined ? reason : [t(known), found].filter(Boolean).join(': ')}</span>;
}
