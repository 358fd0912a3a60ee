'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type BuyingSettingFragment, SaveReplenishmentSettingDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/form/field.tsx';
import formClasses from '../../../ui/form/form.module.css';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { changedFields, type SettingForm as Form, settingForm } from './setting-fields.ts';

/** How a product is bought for a site; a site without a setting of its own gets one that begins with what holds. */
export function SettingForm({
  productId,
  siteId,
  setting,
  canWrite,
  onSaved,
}: {
  readonly productId: string;
  readonly siteId: string;
  /** What holds: the site's own, that of every site, or null where the usual does. */
  readonly setting: BuyingSettingFragment | null;
  readonly canWrite: boolean;
  readonly onSaved: () => void;
}) {
  const t = useTranslations('inventory.replenishment.setting');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [before] = useState(() => settingForm(setting));
  const [form, setForm] = useState<Form>(before);
  const isOwn = setting?.site?.id === siteId;
  const changed = changedFields(before, form);
  const submit = async () => {
    const input = {
      ...{ productId, siteId, ...changed },
      ...(isOwn && setting !== null ? { expectedUpdatedAt: setting.updatedAt } : {}),
    };
    if ((await act(SaveReplenishmentSettingDocument, { input })) !== null) onSaved();
  };
  const field = (name: keyof Form, type: 'text' | 'decimal' | 'whole' = 'decimal') => (
    <TextField
      label={t(`fields.${name}`)}
      value={form[name]}
      readOnly={!canWrite}
      wrong={wrong(name === 'servicePercent' ? 'serviceLevel' : name)}
      {...(type === 'text'
        ? { maxLength: 120 }
        : { inputMode: type === 'whole' ? ('numeric' as const) : ('decimal' as const) })}
      onChange={(value) => setForm({ ...form, [name]: value })}
    />
  );
  return (
    <form
      className={formClasses.form}
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={formClasses.hint}>{setting === null ? t('usual') : isOwn ? t('own') : t('everySite')}</p>
      {field('supplierName', 'text')}
      {field('leadTimeDays', 'whole')}
      {field('reviewPeriodDays', 'whole')}
      {field('packSize')}
      {field('minimumOrder')}
      {field('minimum')}
      {field('maximum')}
      {field('servicePercent')}
      <RefusalNote refusal={refusal} words={({ code }) => (code === 'STALE' ? t('stale') : undefined)} />
      {canWrite ? (
        <div className={formClasses.end}>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={Object.keys(changed).length === 0}>
            {t('save')}
          </Button>
        </div>
      ) : (
        <p className={formClasses.hint}>{t('readOnly')}</p>
      )}
    </form>
  );
}
