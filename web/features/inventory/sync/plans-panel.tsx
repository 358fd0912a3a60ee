'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SaveSyncScheduleDocument, type SyncPlanFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { CheckList } from '../../../ui/form/check-list.tsx';
import { TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useEvery } from '../../../ui/format/use-every.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

/** When each kind of row is copied, by the ERP's clock. */
export function PlansPanel({
  plans,
  onChanged,
}: {
  readonly plans: readonly SyncPlanFragment[];
  readonly onChanged: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const kindName = useTranslations('inventory.sync.entities');
  const format = useFormat();
  const every = useEvery();
  const [opened, setOpened] = useState<string | null>(null);
  const plan = plans.find(({ id }) => id === opened);
  return (
    <Panel title={t('views.schedules')} aside={plans[0]?.timeZone}>
      {plans.length === 0 ? (
        <EmptyState title={t('plans.empty.title')} hint={t('plans.empty.hint')} />
      ) : (
        <RowList>
          {plans.map((one) => (
            <Row
              key={one.id}
              title={`${kindName(one.entity)} · ${t(`modes.${one.mode}`)}`}
              subtitle={every(one.cron) ?? <code>{one.cron}</code>}
              note={
                one.isActive && one.nextRunAt !== null ? t('plans.next', { at: format.instant(one.nextRunAt) }) : '–'
              }
              tag={
                <StateTag tone={one.isActive ? 'ok' : 'neutral'}>{t(one.isActive ? 'plans.on' : 'plans.off')}</StateTag>
              }
              hasEnded={!one.isActive}
              onOpen={() => setOpened(one.id)}
            />
          ))}
        </RowList>
      )}
      {plan === undefined ? null : (
        <PlanForm
          plan={plan}
          onClose={() => setOpened(null)}
          onSaved={() => {
            setOpened(null);
            onChanged();
          }}
        />
      )}
    </Panel>
  );
}

function PlanForm({
  plan,
  onSaved,
  onClose,
}: {
  readonly plan: SyncPlanFragment;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const kindName = useTranslations('inventory.sync.entities');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const every = useEvery();
  const [cron, setCron] = useState(plan.cron);
  const [isActive, setActive] = useState(plan.isActive);
  const submit = async () => {
    const { entity, mode, installation } = plan;
    const input = { installationId: installation.id, entity, mode, cron, isActive };
    if ((await act(SaveSyncScheduleDocument, { input })) !== null) onSaved();
  };
  return (
    <FormSheet
      title={`${kindName(plan.entity)} · ${t(`modes.${plan.mode}`)}`}
      submitLabel={t('save')}
      isBusy={isBusy}
      refusal={<SyncRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('plans.cron')}
        hint={t('plans.cronHint', { zone: plan.timeZone })}
        required
        maxLength={120}
        value={cron}
        wrong={wrong('cron') === undefined ? undefined : t('plans.wrongCron')}
        onChange={setCron}
      />
      <p className={classes.quiet}>
        {every(cron) === null ? t('plans.examples') : t('plans.says', { every: every(cron) ?? '' })}
      </p>
      <CheckList
        legend={t('plans.state')}
        choices={[{ value: 'on', label: t('plans.on') }]}
        chosen={isActive ? ['on'] : []}
        onChange={(chosen) => setActive(chosen.length > 0)}
      />
    </FormSheet>
  );
}
