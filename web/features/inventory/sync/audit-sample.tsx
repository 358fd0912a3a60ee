'use client';
import { useTranslations } from 'next-intl';
import type { ErpSetupFragment } from '../../../graphql/generated/graphql.ts';
import { isRowField } from './row-fields.ts';
import type { CopiedEntity } from './runs.ts';
import classes from './sync.module.css';

type Sample = NonNullable<ErpSetupFragment['audit']>['samples'][number];

/** The first rows of a kind as the proposed mapping read them. */
export function AuditSample({ sample, entity }: { readonly sample: Sample | null; readonly entity: CopiedEntity }) {
  const t = useTranslations('inventory.erp.mapping');
  const kindName = useTranslations('inventory.sync.entities');
  const fieldName = useTranslations('inventory.erp.fieldNames');
  const rows: readonly (readonly unknown[])[] = Array.isArray(sample?.rows) ? sample.rows.filter(Array.isArray) : [];
  const name = t('sampleOf', { kind: kindName(entity) });
  if (sample === null || rows.length === 0) return <p className={classes.quiet}>{t('noSample')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard too
    <section className={classes.sample} aria-label={name} tabIndex={0}>
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            {sample.fields.map((field) => (
              <th key={field} scope="col">
                {isRowField(field) ? fieldName(field) : field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row[0])}>
              {sample.fields.map((field, at) => (
                <td key={field}>{row[at] === null || row[at] === undefined ? '–' : String(row[at])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
