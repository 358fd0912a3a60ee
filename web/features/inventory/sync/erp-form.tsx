'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ErpSetupFragment, SaveErpInstallationDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { SyncRefusal } from './sync-refusal.tsx';

const kinds = ['MICROSIP', 'SAMPLE'] as const;

/** Connects an ERP, or changes one. Its password goes in and never comes out. */
export function ErpForm({
  erp,
  companyId,
  onSaved,
  onClose,
}: {
  /** Null for a new one. */
  readonly erp: ErpSetupFragment | null;
  readonly companyId: string;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, setForm] = useState(() => formOf(erp));
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const isSample = form.kind === 'SAMPLE';
  const submit = async () => {
    const connection = isSample
      ? { articles: Number(form.articles) }
      : { host: form.host, port: Number(form.port), database: form.database, user: form.user };
    const input = {
      ...(erp === null ? { companyId } : { id: erp.id, expectedUpdatedAt: erp.updatedAt }),
      ...{ kind: form.kind, code: form.code, name: form.name, timeZone: form.timeZone, connection },
      ...{ isActive: form.isActive, ...(form.password === '' ? {} : { password: form.password }) },
    };
    const done = await act(SaveErpInstallationDocument, { input });
    if (done?.saveErpInstallation.__typename === 'ErpSettings') onSaved(idOf(done.saveErpInstallation) ?? '');
  };
  return (
    <FormSheet
      title={erp === null ? t('connect') : erp.installation.name}
      submitLabel={t('save')}
      isBusy={isBusy}
      refusal={<SyncRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {erp === null ? (
        <SelectField
          label={t('fields.kind')}
          hint={t(`kindHints.${form.kind}`)}
          value={form.kind}
          options={kinds.map((value) => ({ value, label: t(`kindNames.${value}`) }))}
          onChange={(kind) => set({ kind })}
        />
      ) : null}
      <TextField
        label={t('fields.name')}
        required
        maxLength={120}
        value={form.name}
        wrong={wrong('name')}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('fields.code')}
        hint={t('codeHint')}
        required
        maxLength={40}
        value={form.code}
        wrong={wrong('code')}
        onChange={(code) => set({ code })}
      />
      <TextField
        label={t('fields.timeZone')}
        hint={t('zoneHint')}
        required
        value={form.timeZone}
        wrong={wrong('timeZone')}
        onChange={(timeZone) => set({ timeZone })}
      />
      {isSample ? (
        <TextField
          label={t('fields.articles')}
          type="number"
          min={1}
          max={5_000}
          required
          value={form.articles}
          wrong={wrong('connection.articles')}
          onChange={(articles) => set({ articles })}
        />
      ) : (
        <>
          <TextField
            label={t('fields.host')}
            required
            placeholder="erp.empresa.example"
            value={form.host}
            wrong={wrong('connection.host')}
            onChange={(host) => set({ host })}
          />
          <TextField
            label={t('fields.port')}
            type="number"
            min={1}
            max={65_535}
            required
            value={form.port}
            wrong={wrong('connection.port')}
            onChange={(port) => set({ port })}
          />
          <TextField
            label={t('fields.database')}
            required
            placeholder="C:\Microsip datos\EMPRESA.FDB"
            value={form.database}
            wrong={wrong('connection.database')}
            onChange={(database) => set({ database })}
          />
          <TextField
            label={t('fields.user')}
            required
            autoComplete="off"
            value={form.user}
            wrong={wrong('connection.user')}
            onChange={(user) => set({ user })}
          />
          <TextField
            label={t('fields.password')}
            type="password"
            autoComplete="new-password"
            required={erp === null}
            hint={erp?.hasPassword === true ? t('passwordKept') : undefined}
            value={form.password}
            wrong={wrong('password')}
            onChange={(password) => set({ password })}
          />
        </>
      )}
    </FormSheet>
  );
}

function formOf(erp: ErpSetupFragment | null) {
  const connection: object = Object(erp?.connection);
  const at = (key: string, otherwise: string) => {
    const value: unknown = Reflect.get(connection, key);
    return value === undefined || value === null ? otherwise : String(value);
  };
  return {
    ...{
      kind: erp?.kind ?? ('MICROSIP' as const),
      name: erp?.installation.name ?? '',
      code: erp?.installation.code ?? '',
    },
    ...{ timeZone: erp?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, isActive: erp?.isActive ?? true },
    ...{ host: at('host', ''), port: at('port', '3050'), database: at('database', ''), user: at('user', 'SYSDBA') },
    ...{ articles: at('articles', '400'), password: '' },
  };
}

/** What was saved stands behind its fragment; its id is all that is needed here. */
function idOf(saved: object): string | null {
  const id: unknown = Reflect.get(saved, 'id');
  return typeof id === 'string' ? id : null;
}
