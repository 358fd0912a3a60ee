'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type PointFactsFragment, RecordPointMeterDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { TextArea, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './point.module.css';
import { zonedInstant } from './zoned-start.ts';

const empty = { changedAt: '', finalM3: '', initialM3: '', meterDigits: '', serial: '', note: '' };

/** Records that the meter was replaced: where the old one stood last and where the new one began. */
export function MeterForm({
  point,
  onDone,
  onClose,
}: {
  readonly point: PointFactsFragment;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.point.meter');
  const clock = useTranslations('water.point');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, set] = useFields(empty);
  const [isSure, setSure] = useState(false);
  const decimal = (text: string) => text.trim().replace(',', '.');
  const submit = async () => {
    const { changedAt, finalM3, initialM3, meterDigits, serial, note } = form;
    const input = {
      ...{
        pointId: point.id,
        changedAt: new Date(zonedInstant(changedAt, point.timeZone)).toISOString(),
        initialM3: decimal(initialM3),
      },
      ...(finalM3.trim() === '' ? {} : { finalM3: decimal(finalM3) }),
      ...(meterDigits.trim() === '' ? {} : { meterDigits: Math.round(Number(meterDigits)) }),
      ...(serial.trim() === '' ? {} : { serial: serial.trim() }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
    if ((await act(RecordPointMeterDocument, { input })) !== null) onDone();
  };
  return (
    <FormSheet
      title={t('record')}
      submitLabel={t('save')}
      isBusy={isBusy}
      canSubmit={form.changedAt !== '' && form.initialM3.trim() !== '' && isSure}
      refusal={<RefusalNote refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('hint')}</p>
      <TextField
        label={t('fields.changedAt')}
        hint={clock('zone', { zone: format.zone(point.timeZone) })}
        type="datetime-local"
        required
        value={form.changedAt}
        wrong={wrong('changedAt')}
        onChange={(changedAt) => set({ changedAt })}
      />
      <TextField
        label={t('fields.finalM3')}
        hint={t('hints.finalM3')}
        inputMode="decimal"
        value={form.finalM3}
        wrong={wrong('finalM3')}
        onChange={(finalM3) => set({ finalM3 })}
      />
      <TextField
        label={t('fields.initialM3')}
        hint={t('hints.initialM3')}
        inputMode="decimal"
        required
        value={form.initialM3}
        wrong={wrong('initialM3')}
        onChange={(initialM3) => set({ initialM3 })}
      />
      <TextField
        label={t('fields.meterDigits')}
        hint={t('hints.meterDigits')}
        type="number"
        min={1}
        max={15}
        value={form.meterDigits}
        wrong={wrong('meterDigits')}
        onChange={(meterDigits) => set({ meterDigits })}
      />
      <TextField
        label={t('fields.serial')}
        maxLength={64}
        value={form.serial}
        wrong={wrong('serial')}
        onChange={(serial) => set({ serial })}
      />
      <TextArea label={t('fields.note')} value={form.note} wrong={wrong('note')} onChange={(note) => set({ note })} />
      <label className={classes.sure}>
        <input type="checkbox" checked={isSure} onChange={() => setSure(!isSure)} />
        <span>{t('sure')}</span>
      </label>
    </FormSheet>
  );
}
