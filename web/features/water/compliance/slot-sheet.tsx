'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { ComplianceSlotFragmentDoc, ComplianceSubmissionDetailDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Details } from '../../../ui/details.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { AttemptList } from './attempt-list.tsx';
import classes from './compliance.module.css';
import { ResolveForm } from './resolve-form.tsx';
import { SendForm } from './send-form.tsx';
import { SlotTag } from './slot-list.tsx';
import { canBeSent, decisionsFor } from './slot-state.ts';
import { useReported, valuesOf } from './value-names.ts';
import { VoucherShare } from './voucher-share.tsx';

/** One slot of the ledger: what was reported, what the regulator gave for it, each call, and what people decided. */
export function SlotSheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const { language } = format;
  const reported = useReported();
  const isAllowed = useCan()('compliance:submit');
  const [form, setForm] = useState<'resolve' | 'send' | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    ComplianceSubmissionDetailDocument,
    useMemo(() => ({ id, language }), [id, language]),
  );
  const found = data?.complianceSubmission ?? null;
  const slot = found === null ? null : readFragment(ComplianceSlotFragmentDoc, found);
  const changed = () => {
    retry();
    onChanged();
  };
  const timeOf = (instant: string | null) =>
    slot === null || instant === null ? '–' : regulatorTime(instant, slot.timeZone, format);
  const at = slot === null ? '' : timeOf(slot.slotAt);
  const decisions = found === null || slot === null ? [] : decisionsFor({ ...slot, ...found });
  const isSendable =
    found !== null && slot !== null && canBeSent({ ...slot, ...found, registration: found.registration }, Date.now());
  return (
    <Sheet name={slot?.point?.name ?? t('slot')} side="right" hasTitle onClose={onClose}>
      {isLoading ? (
        <SkeletonRows count={8} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('slot')} onRetry={retry} />
      ) : found === null || slot === null ? (
        <EmptyState title={t('gone.title')} hint={t('gone.hint')} />
      ) : (
        <div className={classes.slot}>
          <p className={classes.slotHead}>
            <strong>{at}</strong>
            <SlotTag slot={slot} />
          </p>
          {slot.explanation === null ? null : <p className={classes.why}>{slot.explanation}.</p>}
          {slot.status === 'STOPPED' ? <p className={classes.note}>{t('stoppedSlot')}</p> : null}
          {isAllowed && (decisions.length > 0 || isSendable) ? (
            <div className={classes.acts}>
              {isSendable ? (
                <Button look="primary" onClick={() => setForm('send')}>
                  {t('sendNow')}
                </Button>
              ) : null}
              {decisions.length > 0 ? (
                <Button
                  look={isSendable || slot.status === 'SENT' ? 'plain' : 'primary'}
                  onClick={() => setForm('resolve')}
                >
                  {t(slot.status === 'SENT' ? 'takeBack' : 'resolve')}
                </Button>
              ) : null}
            </div>
          ) : null}
          <Details
            rows={[
              [t('regulator'), `${found.sourceName} (${slot.sourceCode})`],
              ...valuesOf(found.values).map(([name, value]) => reported(name, value)),
              [t('voucher'), slot.voucher === null ? '–' : <Voucher key="voucher" number={slot.voucher} />],
              [t('sentAt'), timeOf(found.sentAt)],
              [t('verifiedAt'), timeOf(found.verifiedAt)],
              ...(slot.resolution === null
                ? []
                : [[t('decision'), `${found.resolvedBy?.name ?? '–'}: ${wordsOf(slot.resolution, t)}`] as const]),
            ]}
          />
          {slot.voucher !== null && isAllowed ? (
            <VoucherShare id={slot.id} sharedAt={found.voucherLink?.createdAt ?? null} onChanged={retry} />
          ) : null}
          <AttemptList attempts={found.attempts} timeOf={timeOf} />
        </div>
      )}
      {form === 'resolve' && slot !== null ? (
        <ResolveForm
          slot={slot}
          title={`${slot.point?.name ?? ''}, ${at}`}
          decisions={decisions}
          onDone={changed}
          onClose={() => setForm(null)}
        />
      ) : null}
      {form === 'send' && slot !== null ? (
        <SendForm
          id={slot.id}
          title={`${slot.point?.name ?? ''}, ${at}`}
          regulator={found?.sourceName ?? slot.sourceCode}
          onDone={changed}
          onClose={() => setForm(null)}
        />
      ) : null}
    </Sheet>
  );
}

function Voucher({ number }: { readonly number: string }) {
  const t = useTranslations('water.compliancePage');
  return (
    <span className={classes.voucher}>
      <code>{number}</code>
      <CopyButton text={number} what={t('voucher')} />
    </span>
  );
}

/** `20 nov 2026, 13:00 (GMT-4)`: as the regulator counts. */
function regulatorTime(at: string, timeZone: string, format: ReturnType<typeof useFormat>): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(at));
  return `${format.day(day)}, ${format.clockIn(Date.parse(at), timeZone)} (${format.zone(timeZone)})`;
}

/** The decision is kept before its reason: `DISMISSED: porque…`. */
function wordsOf(resolution: string, t: ReturnType<typeof useTranslations<'water.compliancePage'>>): string {
  const [, decision = '', reason = resolution] = /^([A-Z_]+): (.*)$/s.exec(resolution) ?? [];
  const known = (['ACCEPTED', 'SEND_AGAIN', 'DISMISSED', 'TAKEN_BACK'] as const).find((one) => one === decision);
  if (known === undefined) return resolution;
  return `${t(`decisions.${known}`)}. ${reason === 'SWITCHED_OFF' ? t('switchedOff') : reason}`;
}
