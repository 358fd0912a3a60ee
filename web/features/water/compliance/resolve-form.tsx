'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  type ComplianceSlotFragment,
  ResolveSubmissionDocument,
  type SubmissionDecision,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { SelectField, TextArea, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { ComplianceRefusal } from './compliance-refusal.tsx';

/** Settles a slot: what becomes of it, and why. Who decided is kept with it. */
export function ResolveForm({
  slot,
  title,
  decisions,
  onDone,
  onClose,
}: {
  readonly slot: Pick<ComplianceSlotFragment, 'id' | 'explanation'>;
  readonly title: string;
  /** What can become of it, the likeliest first. */
  readonly decisions: readonly SubmissionDecision[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  const { act, isBusy, refusal } = useAct();
  const [decision, setDecision] = useState<SubmissionDecision>(decisions[0] ?? 'DISMISSED');
  const [voucher, setVoucher] = useState('');
  const [reason, setReason] = useState('');
  const isAccepted = decision === 'ACCEPTED';
  const submit = async () => {
    const input = { submissionId: slot.id, decision, reason, ...(isAccepted ? { voucher } : {}) };
    if ((await act(ResolveSubmissionDocument, { input })) === null) return;
    onDone();
    onClose();
  };
  return (
    <FormSheet
      title={title}
      submitLabel={t(decision === 'TAKEN_BACK' ? 'takeBack' : 'resolve')}
      isBusy={isBusy}
      canSubmit={reason.trim().length >= 3 && (!isAccepted || voucher.trim() !== '')}
      refusal={<ComplianceRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {slot.explanation === null ? null : <p>{slot.explanation}.</p>}
      {decisions.length > 1 ? (
        <SelectField
          label={t('decision')}
          hint={t(`decisionHints.${decision}`)}
          value={decision}
          options={decisions.map((value) => ({ value, label: t(`decisions.${value}`) }))}
          onChange={setDecision}
        />
      ) : (
        <p>{t(`decisionHints.${decision}`)}</p>
      )}
      {isAccepted ? (
        <TextField label={t('voucher')} hint={t('voucherHint')} value={voucher} onChange={setVoucher} />
      ) : null}
      <TextArea label={t('reason')} hint={t('reasonHint')} value={reason} onChange={setReason} />
    </FormSheet>
  );
}
