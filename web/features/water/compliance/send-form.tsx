'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { SubmissionPreviewDocument, SubmitComplianceDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Details } from '../../../ui/details.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import classes from './compliance.module.css';
import { ComplianceRefusal } from './compliance-refusal.tsx';
import { useReported, valuesOf } from './value-names.ts';

/** Sends a slot by hand, once a person has seen what will be said and ticked that it is so. */
export function SendForm({
  id,
  title,
  regulator,
  onDone,
  onClose,
}: {
  readonly id: string;
  readonly title: string;
  readonly regulator: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  const reported = useReported();
  const { act, isBusy, refusal } = useAct();
  const [isSeen, setSeen] = useState(false);
  const { data, isLoading, failed, retry } = useGraph(
    SubmissionPreviewDocument,
    useMemo(() => ({ id }), [id]),
  );
  const preview = data?.submissionPreview ?? null;
  const values = valuesOf(preview?.values);
  const submit = async () => {
    if ((await act(SubmitComplianceDocument, { input: { submissionId: id } })) === null) return;
    onDone();
    onClose();
  };
  return (
    <FormSheet
      title={title}
      submitLabel={t('sendNow')}
      isBusy={isBusy}
      canSubmit={isSeen && values.length > 0}
      refusal={<ComplianceRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('sendHint', { regulator })}</p>
      {isLoading ? (
        <SkeletonRows count={3} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('sendValues')} onRetry={retry} />
      ) : values.length === 0 ? (
        <p className={classes.why}>{t('sendNothing', { reason: preview?.reason ?? '–' })}</p>
      ) : (
        <>
          <Details rows={values.map(([name, value]) => reported(name, value))} />
          <label className={classes.seen}>
            <input type="checkbox" checked={isSeen} onChange={() => setSeen(!isSeen)} />
            <span>{t('sendSeen')}</span>
          </label>
        </>
      )}
    </FormSheet>
  );
}
