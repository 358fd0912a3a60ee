'use client';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../ui/form/field.tsx';
import { ExpressionField } from './expression-field.tsx';
import { PartRows, type Writing } from './part-rows.tsx';
import { newRule, type RuleDraft } from './schema-draft.ts';
import classes from './schemas.module.css';

/** What must hold, and what is said when it does not. */
export function RuleRows({
  rows,
  writing: { check, ...writing },
  isAllowed,
  onChange,
}: {
  readonly rows: readonly RuleDraft[];
  readonly writing: Writing;
  readonly isAllowed: boolean;
  readonly onChange: (rows: readonly RuleDraft[]) => void;
}) {
  const t = useTranslations('water.schemas');
  return (
    <PartRows
      rows={rows}
      nameOf={(_, index) => t('ruleRow', { number: index + 1 })}
      addLabel={t('addRule')}
      make={newRule}
      most={20}
      isAllowed={isAllowed}
      onChange={onChange}
    >
      {(row, index, set) => (
        <>
          <ExpressionField
            label={t('condition')}
            value={row.expression}
            problem={check.problem(`validationRules.${index}.expression`)}
            {...writing}
            onChange={(expression) => set({ expression })}
          />
          <div className={classes.sentences}>
            <TextField
              label={t('sentenceEs')}
              value={row.sentenceEs}
              required
              maxLength={200}
              onChange={(sentenceEs) => set({ sentenceEs })}
            />
            <TextField
              label={t('sentenceEn')}
              value={row.sentenceEn}
              maxLength={200}
              onChange={(sentenceEn) => set({ sentenceEn })}
            />
          </div>
        </>
      )}
    </PartRows>
  );
}
