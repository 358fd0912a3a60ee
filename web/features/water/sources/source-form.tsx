'use client';
import { useTranslations } from 'next-intl';
import { SaveWaterSourceDocument, type WaterSourceFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { SelectField, TextArea, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import type { NamedPoint } from '../place-choice.ts';
import { WaterRefusal } from '../water-refusal.tsx';
import { SourceDevices } from './source-devices.tsx';
import { emptyForm, formOf, sentSource } from './source-fields.ts';
import { descriptionExample, sentConnection, sourceKind, sourceKinds } from './source-kinds.ts';

const modes = ['live', 'trial'] as const;

/** Sets a provider up, or changes it. Credentials go in and never come out: what is left empty stays as it is. */
export function SourceForm({
  source,
  points,
  companyId,
  onSaved,
  onClose,
}: {
  /** Null for a new one. */
  readonly source: WaterSourceFragment | null;
  readonly points: readonly NamedPoint[];
  readonly companyId: string;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.sources');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, set] = useFields(() => (source === null ? emptyForm : formOf(source)));
  const preset = sourceKind(form.kind) ?? sourceKinds[0];
  const isBroken = preset.address === 'description' && sentConnection(form.address, 'description') === null;
  const kept = source?.hasCredentials === true ? t('secretKept') : undefined;
  const submit = async () => {
    const done = await act(SaveWaterSourceDocument, { input: sentSource(form, preset, source, companyId) });
    if (done?.saveProvider.__typename === 'Provider') onSaved(done.saveProvider.id);
  };
  return (
    <FormSheet
      title={source === null ? t('make') : source.name}
      submitLabel={t('save')}
      isBusy={isBusy}
      canSubmit={!isBroken}
      refusal={<WaterRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {source === null ? (
        <SelectField
          label={t('kind')}
          value={form.kind}
          options={sourceKinds.map(({ kind }) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          wrong={wrong('kind')}
          onChange={(kind) => set({ kind, address: kind === 'HTTP_PULL' ? descriptionExample : '' })}
        />
      ) : null}
      <p>{t(`about.${preset.kind}`)}</p>
      <TextField
        label={t('fields.name')}
        required
        maxLength={120}
        value={form.name}
        wrong={wrong('name')}
        onChange={(name) => set({ name })}
      />
      {preset.address === 'baseUrl' || preset.address === 'scope' ? (
        <TextField
          label={t(`fields.${preset.address}`)}
          required
          placeholder={preset.address === 'baseUrl' ? 'https://…' : ''}
          value={form.address}
          wrong={wrong('connection')}
          onChange={(address) => set({ address })}
        />
      ) : null}
      {preset.address === 'description' ? (
        <TextArea
          label={t('fields.description')}
          hint={t('descriptionHint')}
          rows={14}
          value={form.address}
          wrong={isBroken ? t('noJson') : wrong('connection')}
          onChange={(address) => set({ address })}
        />
      ) : null}
      {preset.credentials === 'password' ? (
        <>
          <TextField
            label={t('fields.username')}
            autoComplete="off"
            hint={kept}
            value={form.username}
            wrong={wrong('credentials.username')}
            onChange={(username) => set({ username })}
          />
          <TextField
            label={t('fields.password')}
            type="password"
            autoComplete="new-password"
            value={form.password}
            wrong={wrong('credentials.password')}
            onChange={(password) => set({ password })}
          />
          <TextField
            label={t('fields.apiKey')}
            type="password"
            autoComplete="new-password"
            hint={t('apiKeyHint')}
            value={form.apiKey}
            wrong={wrong('credentials.apiKey')}
            onChange={(apiKey) => set({ apiKey })}
          />
        </>
      ) : null}
      {preset.credentials === 'secrets' ? (
        <>
          <TextField
            label={t('fields.secretName')}
            hint={kept ?? t('secretHint')}
            value={form.secretName}
            onChange={(secretName) => set({ secretName })}
          />
          <TextField
            label={t('fields.secretValue')}
            type="password"
            autoComplete="new-password"
            value={form.secretValue}
            wrong={wrong('credentials.secrets')}
            onChange={(secretValue) => set({ secretValue })}
          />
        </>
      ) : null}
      <SourceDevices
        devices={form.devices}
        points={points}
        hasTokens={preset.credentials === 'deviceTokens'}
        tokenHint={kept}
        wrong={wrong}
        onChange={(devices) => set({ devices })}
      />
      {preset.isPulled ? (
        <>
          <TextField
            label={t('fields.minutes')}
            type="number"
            min={1}
            max={1_440}
            required
            value={form.minutes}
            wrong={wrong('intervalSeconds')}
            onChange={(minutes) => set({ minutes })}
          />
          <SelectField
            label={t('fields.mode')}
            hint={t(`modeHints.${form.mode}`)}
            value={form.mode}
            options={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
            onChange={(mode) => set({ mode })}
          />
        </>
      ) : null}
    </FormSheet>
  );
}
