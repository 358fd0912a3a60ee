'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CreateApiKeyDocument } from '../../graphql/generated/graphql.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';
import { useAct } from './use-act.ts';
import { WordedKey } from './worded-key.tsx';

const lifetimes = [30, 90, 365] as const;
const quotas = {
  small: { unitsPerMinute: 6_000, unitsPerDay: 200_000 },
  usual: { unitsPerMinute: 60_000, unitsPerDay: 2_000_000 },
  large: { unitsPerMinute: 600_000, unitsPerDay: 20_000_000 },
} as const;
type QuotaSize = keyof typeof quotas;
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
  const [days, setDays] = useState<number>(365);
  const [size, setSize] = useState<QuotaSize>('usual');
  const toggle = (permission: string) =>
    setChosen(chosen.includes(permission) ? chosen.filter((one) => one !== permission) : [...chosen, permission]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = new Date(Date.now() + days * dayMs).toISOString();
    const companyIds = companyId === '' ? {} : { companyIds: [companyId] };
    const input = { name, permissions: [...chosen], expiresAt, quota: quotas[size], ...companyIds };
    const done = await act(CreateApiKeyDocument, { input });
    if (done?.createApiKey.__typename === 'CreatedApiKey') onMade(done.createApiKey.secret);
  };
  return (
    <Sheet name={t('title')} side="right" onClose={onClose} hasTitle>
      <form className={classes.form} onSubmit={submit} aria-busy={isBusy}>
        <label className={classes.field}>
          {t('name')}
          <input
            value={name}
            required
            maxLength={120}
            placeholder={t('namePlaceholder')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <fieldset className={classes.choices}>
          <legend>{t('permissions')}</legend>
          {permissions.map((permission) => (
            <label key={permission}>
              <input type="checkbox" checked={chosen.includes(permission)} onChange={() => toggle(permission)} />
              <span>
                <WordedKey of="permissions" name={permission} />
                <code className={classes.hint}>{permission}</code>
              </span>
            </label>
          ))}
        </fieldset>
        {companies.length < 2 ? null : (
          <label className={classes.field}>
            {t('company')}
            <select value={companyId} onChange={(event) => setCompanyId(event.currentTarget.value)}>
              <option value="">{t('allCompanies')}</option>
              {companies.map((company) => (
                <option key={company.id} value={company.id}>
                  {company.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className={classes.field}>
          {t('lifetime')}
          <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            {lifetimes.map((one) => (
              <option key={one} value={one}>
                {t('days', { days: one })}
              </option>
            ))}
          </select>
        </label>
        <label className={classes.field}>
          {t('quota')}
          <select
            value={size}
            onChange={(event) =>
              setSize(
                event.currentTarget.value === 'small'
                  ? 'small'
                  : event.currentTarget.value === 'large'
                    ? 'large'
                    : 'usual',
              )
            }
          >
            {(['small', 'usual', 'large'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`quotas.${one}`, { minute: quotas[one].unitsPerMinute, day: quotas[one].unitsPerDay })}
              </option>
            ))}
          </select>
          <span className={classes.hint}>{t('quotaHint')}</span>
        </label>
        <RefusalNote refusal={refusal} />
        <div className={classes.formEnd}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={chosen.length === 0}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
