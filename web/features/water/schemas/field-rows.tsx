'use client';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../ui/form/field.tsx';
import { ExpressionField } from './expression-field.tsx';
import { PartRows, type Writing } from './part-rows.tsx';
import { type FieldDraft, newField } from './schema-draft.ts';
import classes from './schemas.module.css';
import { ShownBox } from './shown-box.tsx';

/** What is calculated: its expression, and how its number is called and written. */
export function FieldRows({
  rows,
  writing: { check, ...writing },
  isAllowed,
  onChange,
}: {
  readonly rows: readonly FieldDraft[];
  readonly writing: Writing;
  readonly isAllowed: boolean;
  readonly onChange: (rows: readonly FieldDraft[]) => void;
}) {
  const t = useTranslations('water.schemas');
  return (
    <PartRows
      rows={rows}
      nameOf={({ name }, index) => name || t('row', { number: index + 1 })}
      addLabel={t('addField')}
      make={newField}
      most={30}
      isAllowed={isAllowed}
      onChange={onChange}
    >
      {(row, index, set) => (
        <>
          <TextField
            label={t('labelEs')}
            value={row.labelEs}
            required
            maxLength={80}
            onChange={(labelEs) => set({ labelEs })}
          />
          <TextField label={t('labelEn')} value={row.labelEn} maxLength={80} onChange={(labelEn) => set({ labelEn })} />
          <TextField
            label={t('codeName')}
            value={row.name}
            required
            maxLength={40}
            pattern="[a-z][a-z0-9_]*"
            title={t('codeNameHint')}
            placeholder="difference"
            wrong={check.wrong(`calculatedFields.${index}.name`)}
            onChange={(name) => set({ name })}
          />
          <div className={classes.narrow}>
            <TextField label={t('unit')} value={row.unit} maxLength={20} onChange={(unit) => set({ unit })} />
            <TextField
              label={t('decimals')}
              type="number"
              min={0}
              max={9}
              value={row.decimals}
              wrong={check.wrong(`calculatedFields.${index}.decimals`)}
              onChange={(decimals) => set({ decimals })}
            />
          </div>
          <ExpressionField
            label={t('expression')}
            value={row.expression}
            problem={check.problem(`calculatedFields.${index}.expression`)}
            {...writing}
            onChange={(expression) => set({ expression })}
          />
          <ShownBox isShown={row.isShown} onChange={(isShown) => set({ isShown })} />
        </>
      )}
    </PartRows>
  );
}
