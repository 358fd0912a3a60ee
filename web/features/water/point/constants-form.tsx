'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AddPointConstantsDocument, type PointFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { byUsualOrder } from './kinds.ts';
import { zonedInstant } from './zoned-start.ts';

const counterFields = ['pulsesPerLiter', 'litersPerPulse', 'maxFlowLps'] as const;
const commonFields = ['calibrationFactor', 'offset'] as const;

/** Records a calibration from an instant on; what was measured since is made again by it. */
export function ConstantsForm({
  point,
  onDone,
  onClose,
}: {
  readonly point: PointFactsFragment;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.point.constants');
  const kindName = useTranslations('water.rules.variables');
  const clock = useTranslations('water.point');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const kinds = byUsualOrder(point.variables, ({ variable }) => variable).map(({ variable }) => variable);
  const [variable, setVariable] = useState(kinds.at(-1) ?? 'TOTAL');
  const [validFrom, setValidFrom] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const fields = variable === 'TOTAL' ? [...commonFields, ...counterFields] : commonFields;
  const given = fields.flatMap((field) => {
    const text = values[field]?.trim().replace(',', '.') ?? '';
    return text === '' ? [] : [[field, text] as const];
  });
  const submit = async () => {
    const input = {
      ...{ pointId: point.id, variable, validFrom: new Date(zonedInstant(validFrom, point.timeZone)).toISOString() },
      ...Object.fromEntries(given),
    };
    if ((await act(AddPointConstantsDocument, { input })) !== null) onDone();
  };
  return (
    <FormSheet
      title={t('add')}
      submitLabel={t('save')}
      isBusy={isBusy}
      canSubmit={validFrom !== '' && given.length > 0}
      refusal={<RefusalNote refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('addHint')}</p>
      <SelectField
        label={t('variable')}
        value={variable}
        options={kinds.map((value) => ({ value, label: kindName(value) }))}
        onChange={setVariable}
      />
      <TextField
        label={t('validFrom')}
        hint={clock('zone', { zone: format.zone(point.timeZone) })}
        type="datetime-local"
        required
        value={validFrom}
        wrong={wrong('validFrom')}
        onChange={setValidFrom}
      />
      {fields.map((field) => (
        <TextField
          key={field}
          label={t(`fields.${field}`)}
          inputMode="decimal"
          placeholder={t('unchanged')}
          value={values[field] ?? ''}
          wrong={wrong(field)}
          onChange={(text) => setValues({ ...values, [field]: text })}
        />
      ))}
    </FormSheet>
  );
}
