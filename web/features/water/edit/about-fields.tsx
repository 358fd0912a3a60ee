'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { CatchmentPointStatus } from '../../../graphql/generated/graphql.ts';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { standards } from '../registrations/registration-rows.ts';
import classes from './edit.module.css';
import { pointTypes, timeZones, waterKinds } from './point-fields.ts';
import type { FieldsProps } from './shown-fields.ts';

const chosenStates = ['ACTIVE', 'MAINTENANCE', 'INACTIVE'] as const satisfies readonly CatchmentPointStatus[];
const surfaces: readonly string[] = ['RIVER', 'LAKE', 'RESERVOIR'];

/** What the point is and what it is called. */
export function AboutFields({
  fields,
  wrong,
  hint,
  onChange,
  isNew,
  children,
}: FieldsProps & {
  readonly isNew: boolean;
  /** Site and code, which only a new point chooses. */
  readonly children: ReactNode;
}) {
  const t = useTranslations('water.edit');
  const typeName = useTranslations('water.types');
  return (
    <Panel title={t('about')}>
      <div className={classes.fields}>
        {children}
        <TextField
          label={t('fields.name')}
          required
          maxLength={120}
          hint={hint('name')}
          value={fields.name}
          wrong={wrong('name')}
          onChange={(name) => onChange({ name })}
        />
        <SelectField
          label={t('fields.type')}
          hint={hint('type')}
          value={fields.type}
          options={pointTypes.map((value) => ({ value, label: typeName(value) }))}
          wrong={wrong('type')}
          onChange={(type) =>
            onChange({ type, ...(isNew ? { sourceKind: surfaces.includes(type) ? 'SURFACE' : 'GROUNDWATER' } : {}) })
          }
        />
        <SelectField
          label={t('fields.sourceKind')}
          hint={hint('sourceKind')}
          value={fields.sourceKind}
          options={waterKinds.map((value) => ({ value, label: t(`waterKinds.${value}`) }))}
          wrong={wrong('sourceKind')}
          onChange={(sourceKind) => onChange({ sourceKind })}
        />
        {isNew ? null : (
          <SelectField
            label={t('fields.status')}
            hint={hint('status') ?? t('statusHint')}
            value={fields.status}
            options={[...new Set([...chosenStates, fields.status])].map((value) => ({
              ...{ value, label: t(`statuses.${value}`) },
            }))}
            wrong={wrong('status')}
            onChange={(status) => onChange({ status })}
          />
        )}
      </div>
    </Panel>
  );
}

/** What was granted, and what the regulator knows it as. */
export function RightFields({
  fields,
  wrong,
  hint,
  onChange,
  children,
}: FieldsProps & { readonly children: ReactNode }) {
  const t = useTranslations('water.edit');
  const words = useTranslations('water.registrations');
  return (
    <Panel title={t('regulator')}>
      <div className={classes.fields}>
        <SelectField
          label={words('fields.standard')}
          hint={hint('standard') ?? words('standardHint')}
          value={fields.standard}
          options={[
            { value: '' as const, label: words('noStandard') },
            ...standards.map((value) => ({ value, label: words(`standards.${value}`) })),
          ]}
          wrong={wrong('standard')}
          onChange={(standard) => onChange({ standard })}
        />
        {(['waterRightFlowLps', 'waterRightYearlyM3'] as const).map((field) => (
          <TextField
            key={field}
            label={t(`fields.${field}`)}
            inputMode="decimal"
            hint={hint(field)}
            value={fields[field]}
            wrong={wrong(field)}
            onChange={(value) => onChange({ [field]: value })}
          />
        ))}
      </div>
      {children}
    </Panel>
  );
}

/** The well, the meter and the clock. */
export function BuiltFields({
  fields,
  wrong,
  hint,
  onChange,
  hasReadings,
}: FieldsProps & {
  /** The zone then stays, and another number of digits makes what was counted again. */
  readonly hasReadings: boolean;
}) {
  const t = useTranslations('water.edit');
  const text = (field: 'wellDepthM' | 'sensorDepthM' | 'samplingMinutes' | 'meterDigits', own?: string) => (
    <TextField
      label={t(`fields.${field}`)}
      inputMode="decimal"
      required={field === 'samplingMinutes'}
      hint={hint(field) ?? own}
      value={fields[field]}
      wrong={wrong(field)}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
  return (
    <Panel title={t('built')}>
      <div className={classes.fields}>
        {text('wellDepthM')}
        {text('sensorDepthM')}
        {text('meterDigits', hasReadings ? t('digitsHint') : undefined)}
        {text('samplingMinutes')}
        {hasReadings ? (
          <TextField
            label={t('fields.timeZone')}
            hint={t('zoneHint')}
            readOnly
            value={fields.timeZone}
            onChange={keep}
          />
        ) : (
          <SelectField
            label={t('fields.timeZone')}
            hint={hint('timeZone')}
            value={fields.timeZone}
            options={[...new Set([fields.timeZone, ...timeZones])].map((value) => ({ value, label: value }))}
            wrong={wrong('timeZone')}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        )}
      </div>
    </Panel>
  );
}

function keep(): void {
  // It is only read.
}
