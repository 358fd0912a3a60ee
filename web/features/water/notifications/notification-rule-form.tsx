'use client';
import { useTranslations } from 'next-intl';
import {
  DeleteNotificationRuleDocument,
  type NotificationEvent,
  type NotificationRecipientRowFragment,
  type NotificationRuleRowFragment,
  SaveNotificationRuleDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useViewer } from '../../../shell/viewer.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { CheckList } from '../../../ui/form/check-list.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { SwitchField } from '../../../ui/form/switch-field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import { severities } from '../alerts/severity-tag.tsx';
import { type NamedPoint, placeOf, placeValue, withChosen } from '../place-choice.ts';
import classes from '../water.module.css';
import { WaterRefusal } from '../water-refusal.tsx';
import { channels } from './notification-ways.ts';

const events = [
  'ALERT_OPENED',
  'ALERT_RESOLVED',
  'COMPLIANCE_REJECTED',
  'COMPLIANCE_REVIEW',
  'COMPLIANCE_REPORT',
  'DAILY_SUMMARY',
] as const satisfies readonly NotificationEvent[];

/** Makes or changes what is told to whom: of where, from which severity on, over which ways. */
export function NotificationRuleForm({
  rule,
  recipients,
  points,
  companyId,
  onChanged,
  onClose,
}: {
  /** Null for a new one. */
  readonly rule: NotificationRuleRowFragment | null;
  readonly recipients: readonly NotificationRecipientRowFragment[];
  readonly points: readonly NamedPoint[];
  readonly companyId: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.notices');
  const severityName = useTranslations('water.alerts.severities');
  const sites = useViewer().sites.filter(({ company }) => company?.id === companyId);
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, set] = useFields(() => formOf(rule));
  const leave = () => {
    onChanged();
    onClose();
  };
  const submit = async () => {
    const input = {
      ...(rule === null ? { companyId } : { id: rule.id }),
      ...placeOf(form.place),
      ...{ name: form.name, minimumSeverity: form.minimumSeverity, isActive: form.isActive },
      events: events.filter((event) => form.events.includes(event)),
      channels: channels.filter((channel) => form.channels.includes(channel)),
      recipientIds: [...form.recipientIds],
    };
    if ((await act(SaveNotificationRuleDocument, { input })) !== null) leave();
  };
  const remove = async () => {
    if (rule !== null && (await act(DeleteNotificationRuleDocument, { id: rule.id })) !== null) leave();
  };
  const places = [
    { value: 'all', label: t('everywhere') },
    ...sites.map(({ id, name }) => ({ value: `site:${id}`, label: name })),
    ...withChosen(points, rule?.point ?? null).map(({ id, name }) => ({ value: `point:${id}`, label: name })),
  ];
  const canSubmit = [form.events, form.channels, form.recipientIds].every(({ length }) => length > 0);
  return (
    <FormSheet
      title={rule?.name ?? t('rules.make')}
      submitLabel={t('save')}
      isBusy={isBusy}
      canSubmit={canSubmit}
      refusal={<WaterRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        value={form.name}
        required
        maxLength={120}
        wrong={wrong('name')}
        onChange={(name) => set({ name })}
      />
      <SelectField label={t('where')} value={form.place} options={places} onChange={(place) => set({ place })} />
      <SelectField
        label={t('minimumSeverity')}
        value={form.minimumSeverity}
        options={severities.map((value) => ({ value, label: severityName(value) }))}
        onChange={(minimumSeverity) => set({ minimumSeverity })}
      />
      <CheckList
        legend={t('of')}
        chosen={form.events}
        choices={events.map((value) => ({ value, label: t(`events.${value}`) }))}
        onChange={(chosen) => set({ events: chosen })}
      />
      <CheckList
        legend={t('over')}
        chosen={form.channels}
        choices={channels.map((value) => ({ value, label: t(`channels.${value}`) }))}
        onChange={(chosen) => set({ channels: chosen })}
      />
      <CheckList
        legend={t('to')}
        chosen={form.recipientIds}
        choices={recipients.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(recipientIds) => set({ recipientIds })}
      />
      <SwitchField
        label={t('state')}
        on={t('on')}
        off={t('off')}
        value={form.isActive}
        onChange={(isActive) => set({ isActive })}
      />
      {rule === null ? null : (
        <div className={classes.actions}>
          <ConfirmButton label={t('remove')} question={t('rules.removeHint')} isBusy={isBusy} onConfirm={remove} />
        </div>
      )}
    </FormSheet>
  );
}

function formOf(rule: NotificationRuleRowFragment | null) {
  const chosenEvents: readonly string[] = rule?.events ?? ['ALERT_OPENED', 'ALERT_RESOLVED'];
  const chosenChannels: readonly string[] = rule?.channels ?? ['EMAIL'];
  const chosenRecipients: readonly string[] = rule?.recipients.map(({ id }) => id) ?? [];
  return {
    name: rule?.name ?? '',
    place: placeValue({ siteId: rule?.site?.id ?? null, pointId: rule?.point?.id ?? null }),
    minimumSeverity: rule?.minimumSeverity ?? 'WARNING',
    events: chosenEvents,
    channels: chosenChannels,
    recipientIds: chosenRecipients,
    isActive: rule?.isActive ?? true,
  };
}
