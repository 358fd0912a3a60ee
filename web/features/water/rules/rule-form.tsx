'use client';
import { useTranslations } from 'next-intl';
import {
  SaveWaterRuleDocument,
  type VariableKind,
  type WaterRuleFragment,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { SwitchField } from '../../../ui/form/switch-field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import { severities } from '../alerts/severity-tag.tsx';
import { type NamedPoint, placeOf, placeValue } from '../place-choice.ts';
import { WaterRefusal } from '../water-refusal.tsx';
import {
  kindsWithVariable,
  neededField,
  type RuleField,
  ruleFields,
  ruleKinds,
  sentParameters,
  shownParameters,
} from './rule-fields.ts';

const variables = [
  'LEVEL',
  'FLOW',
  'AVERAGE_FLOW',
  'TOTAL',
  'TEMPERATURE',
  'PRESSURE',
  'PH',
  'CONDUCTIVITY',
  'TURBIDITY',
] as const satisfies readonly VariableKind[];

/** Makes or changes what is watched. What it watches and where stays as it was made. */
export function RuleForm({
  rule,
  points,
  companyId,
  onChanged,
  onClose,
}: {
  /** Null for a new one. */
  readonly rule: WaterRuleFragment | null;
  readonly points: readonly NamedPoint[];
  readonly companyId: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.rules');
  const severityName = useTranslations('water.alerts.severities');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [form, set] = useFields(() => formOf(rule));
  const kindName = t(`kinds.${form.kind}`);
  const submit = async () => {
    const { pointId } = placeOf(form.place);
    const input = {
      ...(rule === null ? { companyId, pointId } : { id: rule.id }),
      ...{ kind: form.kind, name: form.name.trim() || kindName, severity: form.severity },
      ...{ parameters: sentParameters(form.kind, form.parameters), isActive: form.isActive },
      variable: kindsWithVariable.includes(form.kind) && form.variable !== 'all' ? form.variable : null,
    };
    if ((await act(SaveWaterRuleDocument, { input })) === null) return;
    onChanged();
    onClose();
  };
  const places = [
    { value: 'all', label: t('allPoints') },
    ...points.map(({ id, name }) => ({ value: `point:${id}`, label: name })),
  ];
  return (
    <FormSheet
      title={rule === null ? t('make') : rule.isUsual ? kindName : rule.name}
      submitLabel={t('save')}
      isBusy={isBusy}
      refusal={<WaterRefusal refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {rule === null ? (
        <>
          <SelectField
            label={t('kind')}
            value={form.kind}
            options={ruleKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            onChange={(kind) => set({ kind, parameters: {} })}
          />
          <SelectField label={t('where')} value={form.place} options={places} onChange={(place) => set({ place })} />
        </>
      ) : null}
      <p>{t(`hints.${form.kind}`)}</p>
      {rule?.isUsual === true ? null : (
        <TextField
          label={t('name')}
          value={form.name}
          placeholder={kindName}
          maxLength={120}
          wrong={wrong('name')}
          onChange={(name) => set({ name })}
        />
      )}
      {kindsWithVariable.includes(form.kind) ? (
        <SelectField
          label={t('variable')}
          wrong={wrong('variable')}
          value={form.variable}
          options={[
            { value: 'all' as const, label: t('allVariables') },
            ...variables.map((value) => ({ value, label: t(`variables.${value}`) })),
          ]}
          onChange={(variable) => set({ variable })}
        />
      ) : null}
      {ruleFields[form.kind].map((field) => (
        <TextField
          key={field}
          label={t(`fields.${field}`)}
          type="number"
          step="any"
          inputMode="decimal"
          required={field === neededField}
          placeholder={t(`usual.${usualOf(field)}`)}
          value={form.parameters[field] ?? ''}
          wrong={wrong(`parameters.${field}`)}
          onChange={(text) => set({ parameters: { ...form.parameters, [field]: text } })}
        />
      ))}
      <SelectField
        label={t('severity')}
        value={form.severity}
        options={severities.map((value) => ({ value, label: severityName(value) }))}
        onChange={(severity) => set({ severity })}
      />
      <SwitchField
        label={t('state')}
        on={t('on')}
        off={t('off')}
        value={form.isActive}
        onChange={(isActive) => set({ isActive })}
      />
    </FormSheet>
  );
}

/** What an empty field means. */
function usualOf(field: RuleField): 'needed' | 'none' | 'usual' {
  if (field === neededField) return 'needed';
  return field === 'min' || field === 'max' ? 'none' : 'usual';
}

function formOf(rule: WaterRuleFragment | null) {
  const kind: (typeof ruleKinds)[number] = rule?.kind ?? 'RANGE';
  const variable: 'all' | VariableKind = rule?.variable ?? 'all';
  return {
    ...{ kind, variable, name: rule?.name ?? '', severity: rule?.severity ?? 'WARNING' },
    place: placeValue({ siteId: null, pointId: rule?.point?.id ?? null }),
    parameters: shownParameters(rule?.parameters),
    isActive: rule?.isActive ?? true,
  };
}
