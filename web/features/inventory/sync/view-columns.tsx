'use client';
import { useTranslations } from 'next-intl';
import type { ErpSetupFragment } from '../../../graphql/generated/graphql.ts';
import { SelectField } from '../../../ui/form/field.tsx';
import type { EntitySource } from './mapping.ts';
import { missingFields, viewFields } from './row-fields.ts';
import type { CopiedEntity } from './runs.ts';
import classes from './sync.module.css';

type Views = NonNullable<ErpSetupFragment['audit']>['viewColumns'];

/** Which column of a company's view stands for each of our fields; nothing where the ERP's own tables are read. */
export function ViewColumns({
  entity,
  source,
  views,
  onColumn,
}: {
  readonly entity: CopiedEntity;
  readonly source: EntitySource;
  readonly views: Views;
  readonly onColumn: (field: string, column: string) => void;
}) {
  const t = useTranslations('inventory.erp.mapping');
  const fieldName = useTranslations('inventory.erp.fieldNames');
  if (source.from !== 'VIEW') return null;
  const { columns, relation } = source;
  const missing = new Set(missingFields(entity, columns));
  // An audit of an older version names no columns: those in use are all that is known.
  const known = views.find(({ name }) => name === relation)?.columns ?? [];
  const offered = [...new Set([...known, ...Object.values(columns)])];
  return (
    <fieldset className={classes.columns}>
      <legend>{t('columnsOf', { view: relation })}</legend>
      {viewFields[entity].map((field) => (
        <SelectField
          key={field}
          label={fieldName(field)}
          value={columns[field] ?? ''}
          options={[
            { value: '', label: t('noColumn') },
            ...offered.map((column) => ({ value: column, label: column })),
          ]}
          wrong={missing.has(field) ? t('neededColumn') : undefined}
          onChange={(column) => onColumn(field, column)}
        />
      ))}
    </fieldset>
  );
}
