'use client';
import { useTranslations } from 'next-intl';
import type { VariableKind } from '../../../graphql/generated/graphql.ts';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { PartRows } from './part-rows.tsx';
import { aggregates, newQuantity, type QuantityDraft } from './schema-draft.ts';
import { ShownBox } from './shown-box.tsx';
import type { SchemaCheck } from './use-schema-check.ts';

const variables = [
  'FLOW',
  'AVERAGE_FLOW',
  'TOTAL',
  'LEVEL',
  'TEMPERATURE',
  'PRESSURE',
  'PH',
  'CONDUCTIVITY',
  'TURBIDITY',
] as const satisfies readonly VariableKind[];

/** What is measured: a name for the expressions, the quantity, and which number stands for it. */
export function QuantityRows({
  rows,
  check,
  isAllowed,
  onChange,
}: {
  readonly rows: readonly QuantityDraft[];
  readonly check: SchemaCheck;
  readonly isAllowed: boolean;
  readonly onChange: (rows: readonly QuantityDraft[]) => void;
}) {
  const t = useTranslations('water.schemas');
  const kinds = useTranslations('water.rules.variables');
  return (
    <PartRows
      rows={rows}
      nameOf={({ name }, index) => name || t('row', { number: index + 1 })}
      addLabel={t('addQuantity')}
      make={newQuantity}
      least={1}
      most={20}
      isAllowed={isAllowed}
      onChange={onChange}
    >
      {({ name, variable, aggregate, isShown }, index, set) => (
        <>
          <SelectField
            label={t('quantity')}
            value={variable}
            options={variables.map((value) => ({ value, label: kinds(value) }))}
            onChange={(next) => set({ variable: next })}
          />
          <SelectField
            label={t('aggregate')}
            value={aggregate}
            wrong={check.wrong(`quantities.${index}.aggregate`)}
            options={aggregates.map((value) => ({ value, label: t(`aggregates.${value}`) }))}
            onChange={(next) => set({ aggregate: next })}
          />
          <TextField
            label={t('codeName')}
            value={name}
            required
            maxLength={40}
            pattern="[a-z][a-z0-9_]*"
            title={t('codeNameHint')}
            placeholder="flow"
            wrong={check.wrong(`quantities.${index}.name`)}
            onChange={(next) => set({ name: next })}
          />
          <ShownBox isShown={isShown} onChange={(next) => set({ isShown: next })} />
        </>
      )}
    </PartRows>
  );
}
