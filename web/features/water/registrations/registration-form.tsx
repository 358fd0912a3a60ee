'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  type ExtractionStandard,
  SaveWaterRegistrationDocument,
  SetPointStandardDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import { ComplianceRefusal } from '../compliance/compliance-refusal.tsx';
import { ParameterList } from './parameter-list.tsx';
import {
  extractions,
  isPassword,
  type RegulatorCode,
  registrationForm,
  regulatorFields,
  sentRegistration,
} from './registration-fields.ts';
import { type RegisteredPoint, standards, type WaterRegistration } from './registration-rows.ts';

/** Registers a point at a regulator, or changes how. Its credentials go in and never come out. */
export function RegistrationForm({
  points,
  sources,
  edited,
  onSaved,
  onClose,
}: {
  readonly points: readonly RegisteredPoint[];
  readonly sources: readonly { readonly code: RegulatorCode; readonly name: string }[];
  /** Null for a new one. */
  readonly edited: WaterRegistration | null;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.registrations');
  const canSetStandard = useCan()('telemetry:write');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const first = edited?.point ?? points[0];
  const [form, set] = useFields(() =>
    registrationForm(first?.id ?? '', edited?.source ?? sources[0]?.code ?? 'DGA', edited?.registration ?? null),
  );
  const [standard, setStandard] = useState<ExtractionStandard | null>(first?.standard ?? null);
  const point = points.find(({ id }) => id === form.pointId);
  const { identifiers, secrets } = regulatorFields[form.source];
  const isLive = edited?.registration.mode === 'LIVE';
  const kept = edited?.registration.hasCredentials === true ? t('secretKept') : undefined;
  const isComplete = identifiers.every((name) => (form.identifiers[name] ?? '').trim() !== '');
  const submit = async () => {
    if (standard !== null && standard !== point?.standard) {
      const done = await act(SetPointStandardDocument, { input: { id: form.pointId, standard } });
      if (done === null) return;
    }
    const done = await act(SaveWaterRegistrationDocument, { input: sentRegistration(form) });
    const saved = done?.saveComplianceRegistration;
    if (saved?.__typename === 'ComplianceRegistration') onSaved(saved.id);
  };
  return (
    <FormSheet
      title={edited === null ? t('make') : edited.point.name}
      submitLabel={isLive ? t('saveToShadow') : t('save')}
      isBusy={isBusy}
      canSubmit={isComplete && point !== undefined}
      refusal={<ComplianceRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{isLive ? t('liveHint') : t('formHint')}</p>
      {edited === null ? (
        <>
          <SelectField
            label={t('fields.point')}
            value={form.pointId}
            options={points.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
            wrong={wrong('pointId')}
            onChange={(pointId) => {
              set({ pointId });
              setStandard(points.find(({ id }) => id === pointId)?.standard ?? null);
            }}
          />
          <SelectField
            label={t('fields.source')}
            value={form.source}
            options={sources.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
            wrong={wrong('sourceCode')}
            onChange={(source) => set({ source })}
          />
        </>
      ) : null}
      {canSetStandard ? (
        <SelectField
          label={t('fields.standard')}
          hint={standard === null ? t('noStandardHint') : t('standardHint')}
          value={standard ?? ''}
          options={[
            ...(point?.standard == null ? [{ value: '' as const, label: t('noStandard') }] : []),
            ...standards.map((value) => ({ value, label: t(`standards.${value}`) })),
          ]}
          wrong={wrong('standard')}
          onChange={(value) => setStandard(value === '' ? null : value)}
        />
      ) : null}
      {identifiers.map((name) => (
        <TextField
          key={name}
          label={t(`fields.${name}`)}
          hint={t(`hints.${name}`)}
          required
          value={form.identifiers[name] ?? ''}
          wrong={wrong(`identifiers.${name}`)}
          onChange={(text) => set({ identifiers: { ...form.identifiers, [name]: text } })}
        />
      ))}
      {form.source === 'DGA' ? (
        <>
          <SelectField
            label={t('fields.extraction')}
            value={form.extraction}
            options={extractions.map((value) => ({ value, label: t(`extractions.${value}`) }))}
            wrong={wrong('config.extraction')}
            onChange={(extraction) => set({ extraction })}
          />
          {form.extraction === 'GROUNDWATER' ? (
            <SelectField
              label={t('fields.level')}
              value={form.level}
              options={(['needed', 'optional'] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
              onChange={(level) => set({ level })}
            />
          ) : null}
        </>
      ) : null}
      {form.source === 'SMA' ? (
        <ParameterList
          parameters={form.parameters}
          wrong={wrong('config.parametros')}
          onChange={(parameters) => set({ parameters })}
        />
      ) : null}
      {form.source === 'IGAM' ? (
        <TextField
          label={t('fields.duracao')}
          type="number"
          min={1}
          value={form.duration}
          wrong={wrong('config.duracao')}
          onChange={(duration) => set({ duration })}
        />
      ) : null}
      {secrets.map((name, at) => (
        <TextField
          key={name}
          label={t(`fields.${name}`)}
          hint={at === 0 ? (kept ?? t('secretHint')) : undefined}
          type={isPassword(name) ? 'password' : 'text'}
          autoComplete={isPassword(name) ? 'new-password' : 'off'}
          value={form.secrets[name] ?? ''}
          wrong={wrong(`credentials.${name}`)}
          onChange={(text) => set({ secrets: { ...form.secrets, [name]: text } })}
        />
      ))}
      <TextField
        label={t('fields.attempts')}
        hint={t('attemptsHint')}
        type="number"
        min={1}
        max={30}
        required
        value={form.attempts}
        wrong={wrong('maximumAttempts')}
        onChange={(attempts) => set({ attempts })}
      />
    </FormSheet>
  );
}
