'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AcknowledgeAlertDocument, type SiteAlertFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { TextArea } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { capitalised } from '../../../ui/format/capitalised.ts';
import { WaterRefusal } from '../water-refusal.tsx';

/** Says that an alert was seen, and what is being done about it. */
export function AcknowledgeForm({
  alert,
  onDone,
  onClose,
}: {
  readonly alert: SiteAlertFragment;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.inbox');
  const { act, isBusy, refusal } = useAct();
  const [note, setNote] = useState('');
  const submit = async () => {
    const about = note.trim() === '' ? {} : { note };
    if ((await act(AcknowledgeAlertDocument, { input: { alertId: alert.id, ...about } })) === null) return;
    onDone();
    onClose();
  };
  return (
    <FormSheet
      title={capitalised(alert.title)}
      submitLabel={t('acknowledge')}
      isBusy={isBusy}
      refusal={<WaterRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{alert.explanation}</p>
      <TextArea label={t('note')} hint={t('noteHint')} value={note} onChange={setNote} />
    </FormSheet>
  );
}
