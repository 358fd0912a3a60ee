'use client';
import { useTranslations } from 'next-intl';
import {
  DeleteNotificationRecipientDocument,
  type NotificationChannel,
  type NotificationRecipientRowFragment,
  SaveNotificationRecipientDocument,
  TestNotificationDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { SwitchField } from '../../../ui/form/switch-field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import classes from '../water.module.css';
import { WaterRefusal } from '../water-refusal.tsx';
import { clockOf, minuteOf, waysOf } from './notification-ways.ts';

const digests = ['IMMEDIATE', 'HOURLY', 'DAILY'] as const;
const languages = ['es', 'en'] as const;

/** Makes or changes who can be told, tries each way out, or removes them. */
export function RecipientForm({
  recipient,
  companyId,
  onChanged,
  onTested,
  onClose,
}: {
  /** Null for a new one. */
  readonly recipient: NotificationRecipientRowFragment | null;
  readonly companyId: string;
  readonly onChanged: () => void;
  readonly onTested: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.notices');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, set] = useFields(() => formOf(recipient));
  const leave = () => {
    onChanged();
    onClose();
  };
  const submit = async () => {
    const input = {
      ...(recipient === null ? { companyId } : { id: recipient.id }),
      ...{ name: form.name, language: form.language, digest: form.digest, isActive: form.isActive },
      ...{ email: form.email.trim() || null, phone: form.phone.trim() || null },
      ...(form.webhookUrl.trim() === '' ? {} : { webhookUrl: form.webhookUrl }),
      ...{ quietFromMinute: minuteOf(form.quietFrom), quietToMinute: minuteOf(form.quietTo) },
    };
    if ((await act(SaveNotificationRecipientDocument, { input })) !== null) leave();
  };
  const test = async (channel: NotificationChannel) => {
    if (recipient === null) return;
    if ((await act(TestNotificationDocument, { recipientId: recipient.id, channel })) === null) return;
    onTested();
    onClose();
  };
  const remove = async () => {
    if (recipient !== null && (await act(DeleteNotificationRecipientDocument, { id: recipient.id })) !== null) leave();
  };
  return (
    <FormSheet
      title={recipient?.name ?? t('recipients.make')}
      submitLabel={t('save')}
      isBusy={isBusy}
      refusal={<WaterRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {recipient === null ? null : (
        <div className={classes.actions}>
          {waysOf(recipient).map((way) => (
            <Button key={way} size="small" isBusy={isBusy} onClick={() => void test(way)}>
              {t(`tests.${way}`)}
            </Button>
          ))}
        </div>
      )}
      <TextField
        label={t('name')}
        value={form.name}
        required
        maxLength={120}
        wrong={wrong('name')}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('email')}
        type="email"
        value={form.email}
        wrong={wrong('email')}
        onChange={(email) => set({ email })}
      />
      <TextField
        label={t('phone')}
        hint={t('phoneHint')}
        type="tel"
        pattern="\+[1-9][0-9]{6,14}"
        placeholder="+56"
        value={form.phone}
        wrong={wrong('phone')}
        onChange={(phone) => set({ phone })}
      />
      <TextField
        label={t('webhook')}
        hint={t(recipient?.hasWebhook === true ? 'webhookKept' : 'webhookHint')}
        type="url"
        placeholder="https://"
        value={form.webhookUrl}
        wrong={wrong('webhookUrl')}
        onChange={(webhookUrl) => set({ webhookUrl })}
      />
      <SelectField
        label={t('language')}
        value={form.language}
        options={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        onChange={(language) => set({ language })}
      />
      <SelectField
        label={t('digest')}
        hint={t('digestHint')}
        value={form.digest}
        options={digests.map((value) => ({ value, label: t(`digests.${value}`) }))}
        onChange={(digest) => set({ digest })}
      />
      <div className={classes.pair}>
        <TextField
          label={t('quietFrom')}
          type="time"
          required={form.quietTo !== ''}
          value={form.quietFrom}
          wrong={wrong('quietFromMinute')}
          onChange={(quietFrom) => set({ quietFrom })}
        />
        <TextField
          label={t('quietTo')}
          type="time"
          required={form.quietFrom !== ''}
          value={form.quietTo}
          wrong={wrong('quietToMinute')}
          onChange={(quietTo) => set({ quietTo })}
        />
      </div>
      <SwitchField
        label={t('state')}
        on={t('on')}
        off={t('off')}
        value={form.isActive}
        onChange={(isActive) => set({ isActive })}
      />
      {recipient === null ? null : (
        <div className={classes.actions}>
          <ConfirmButton label={t('remove')} question={t('recipients.removeHint')} isBusy={isBusy} onConfirm={remove} />
        </div>
      )}
    </FormSheet>
  );
}

function formOf(recipient: NotificationRecipientRowFragment | null) {
  return {
    name: recipient?.name ?? '',
    email: recipient?.email ?? '',
    phone: recipient?.phone ?? '',
    webhookUrl: '',
    language: recipient?.language ?? 'es',
    digest: recipient?.digest ?? 'IMMEDIATE',
    quietFrom: clockOf(recipient?.quietFromMinute ?? null),
    quietTo: clockOf(recipient?.quietToMinute ?? null),
    isActive: recipient?.isActive ?? true,
  };
}
