'use client';
import { useTranslations } from 'next-intl';
import type { SyncRunDetailQuery, SyncRunFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { rowFields } from './row-fields.ts';
import { copiedEntities } from './runs.ts';
import classes from './sync.module.css';

type FailedRow = NonNullable<SyncRunDetailQuery['syncJob']>['failedRows'][number];

/** Rows that could not be taken: which one, why, and what the ERP says of it. */
export function FailedRows({
  entity,
  rows,
  count,
  onMore,
}: {
  readonly entity: SyncRunFragment['entity'];
  readonly rows: readonly FailedRow[];
  /** How many there are, of which these are the first. */
  readonly count: number;
  readonly onMore: (() => void) | null;
}) {
  const t = useTranslations('inventory.erp');
  const format = useFormat();
  return (
    <section aria-label={t('failedRows')}>
      <header className={classes.head}>
        <h3>{t('failedRows')}</h3>
        {rows.length < count ? (
          <span className={classes.quiet}>
            {t('failedShown', { shown: rows.length, written: format.number(rows.length), count: format.number(count) })}
          </span>
        ) : null}
      </header>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>{row.sourceKey}</strong> <FailureReason reason={row.reason} />
            </p>
            <RowValues entity={entity} data={row.data} />
          </li>
        ))}
      </ul>
      {onMore === null ? null : (
        <Button size="small" onClick={onMore}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

/** What the ERP says of a row, by the names of our fields; what it says nothing of is left out. */
function RowValues({ entity, data }: { readonly entity: SyncRunFragment['entity']; readonly data: unknown }) {
  const fieldName = useTranslations('inventory.erp.fieldNames');
  const values: readonly unknown[] = Array.isArray(data) ? data : [];
  const copied = copiedEntities.find((one) => one === entity);
  const said = (copied === undefined ? [] : [...rowFields[copied]])
    .map((field, at) => ({ field, value: values[at] }))
    .filter(({ field, value }) => field !== 'key' && value !== null && value !== undefined && value !== '');
  if (said.length === 0) return null;
  return (
    <dl className={classes.values}>
      {said.map(({ field, value }) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const reasons = [
  ...(['UNKNOWN_PRODUCT', 'UNKNOWN_WAREHOUSE', 'BAD_NUMBER', 'BAD_DATE'] as const),
  ...(['MISSING_KEY', 'MISSING_PRICE', 'UNKNOWN_TYPE'] as const),
] as const;

/** `BAD_NUMBER: price is x` is worded by its first part; what was found stands behind it. */
function FailureReason({ reason }: { readonly reason: string }) {
  const t = useTranslations('inventory.erp.reasons');
  const [code, found] = reason.split(': ');
  const known = reasons.find((one) => one === code);
  return <span>{known === undefined ? reason : [t(known), found].filter(Boolean).join(': ')}</span>;
}
