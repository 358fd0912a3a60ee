'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CreateApiKeyDocument } from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { CheckList } from '../../ui/form/check-list.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { FormSheet } from '../../ui/form/form-sheet.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';
import { WordedKey } from './worded-key.tsx';

const lifetimes = ['30', '90', '365'] as const;
const quotas = {
  small: { unitsPerMinute: 6_000, unitsPerDay: 200_000 },
  usual: { unitsPerMinute: 60_000, unitsPerDay: 2_000_000 },
  large: { unitsPerMinute: 600_000, unitsPerDay: 20_000_000 },
} as const;
const sizes = ['small', 'usual', 'large'] as const;
const dayMs = 24 * 60 * 60 * 1000;

/** What a program usually needs: to read what is not about persons. */
function isHarmless(permission: string): boolean {
  return permission.endsWith(':read') && !['access:read', 'audit:read', 'patients:read'].includes(permission);
}

/** Makes a key: what it is for, what it may do of what its maker may, how long it lives and what it may spend. */
export function KeyForm({
  onMade,
  onClose,
}: {
  readonly onMade: (secret: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('developers.keyForm');
  const { permissions, companies } = useViewer();
  const { act, isBusy, refusal } = useAct();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(() => permissions.filter(isHarmless));
  const [companyId, setCompanyId] = useState('');
  const [days, setDays] = useState<(typeof lifetimes)[number]>('365');
  const [size, setSize] = useState<(typeof sizes)[number]>('usual');
  const submit = async () => {
    const expiresAt = new Date(Date.now() + Number(days) * dayMs).toISOString();
    const companyIds = companyId === '' ? {} : { companyIds: [companyId] };
    const input = { name, permissions: [...chosen], expiresAt, quota: quotas[size], ...companyIds };
    const done = await act(CreateApiKeyDocument, { input });
    if (done?.createApiKey.__typename === 'CreatedApiKey') onMade(done.createApiKey.secret);
  };
  return (
    <FormSheet
      title={t('title')}
      submitLabel={t('submit')}
      isBusy={isBusy}
      canSubmit={chosen.length > 0}
      refusal={<RefusalNote refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        value={name}
        required
        maxLength={120}
        placeholder={t('namePlaceholder')}
        onChange={setName}
      />
      <CheckList
        legend={t('permissions')}
        columns="many"
        chosen={chosen}
        onChange={setChosen}
        choices={permissions.map((permission) => ({
          value: permission,
          label: (
            <>
              <WordedKey of="permissions" name={permission} />
              <code className={classes.hint}>{permission}</code>
            </>
          ),
        }))}
      />
      {companies.length < 2 ? null : (
        <SelectField
          label={t('company')}
          value={companyId}
          options={[
            { value: '', label: t('allCompanies') },
            ...companies.map((company) => ({ value: company.id, label: company.name })),
          ]}
          onChange={setCompanyId}
        />
      )}
      <SelectField
        label={t('lifetime')}
        value={days}
        options={lifetimes.map((one) => ({ value: one, label: t('days', { days: Number(one) }) }))}
        onChange={setDays}
      />
      <SelectField
        label={t('quota')}
        hint={t('quotaHint')}
        value={size}
        options={sizes.map((one) => ({
          value: one,
          label: t(`quotas.${one}`, { minute: quotas[one].unitsPerMinute, day: quotas[one].unitsPerDay }),
        }))}
        onChange={setSize}
      />
    </FormSheet>
  );
}
