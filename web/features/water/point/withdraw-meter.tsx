'use client';
import { useTranslations } from 'next-intl';
import { WithdrawPointMeterDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';

/** Takes a change of meter back that never was. */
export function WithdrawMeter({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const t = useTranslations('water.point.meter');
  const { act, isBusy, refusal } = useAct();
  const withdraw = async () => {
    if ((await act(WithdrawPointMeterDocument, { id })) !== null) onDone();
  };
  return (
    <>
      <ConfirmButton label={t('withdraw')} question={t('withdrawHint')} isBusy={isBusy} onConfirm={withdraw} />
      <RefusalNote refusal={refusal} />
    </>
  );
}
