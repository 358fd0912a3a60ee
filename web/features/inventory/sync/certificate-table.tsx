'use client';
import { useTranslations } from 'next-intl';
import type { SyncRunDetailQuery } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import classes from './sync.module.css';

type Certificate = NonNullable<NonNullable<SyncRunDetailQuery['syncJob']>['certificate']>;

/** Both sides of a copy beside each other: how many rows, their sum, the first and the last key. */
export function CertificateTable({ certificate }: { readonly certificate: Certificate }) {
  const t = useTranslations('inventory.erp.certificate');
  const format = useFormat();
  const number = (value: string | null) => (value === null ? '–' : format.number(value, { digits: 2 }));
  const count = (value: string | null) => (value === null ? '–' : format.number(value, { digits: 0 }));
  const rows = [
    { id: 'count', name: t('count'), source: count(certificate.sourceCount), ours: count(certificate.ourCount) },
    ...(certificate.sourceSum === null
      ? []
      : [{ id: 'sum', name: t('sum'), source: number(certificate.sourceSum), ours: number(certificate.ourSum) }]),
    { id: 'min', name: t('min'), source: certificate.minKey ?? '–', ours: certificate.ourMinKey ?? '–' },
    { id: 'max', name: t('max'), source: certificate.maxKey ?? '–', ours: certificate.ourMaxKey ?? '–' },
  ];
  return (
    <section aria-label={t('title')}>
      <header className={classes.head}>
        <h3>{t('title')}</h3>
        <StateTag tone={certificate.isComplete ? 'ok' : 'attention'}>
          {t(certificate.isComplete ? 'complete' : 'incomplete')}
        </StateTag>
      </header>
      <div className={classes.wide}>
        <SmallTable
          caption={t('title')}
          columns={[
            { id: 'name', label: t('what'), value: ({ name }) => name },
            { id: 'source', label: t('source'), align: 'end', value: ({ source }) => source },
            { id: 'ours', label: t('ours'), align: 'end', value: ({ ours }) => ours },
          ]}
          rows={rows}
          rowId={({ id }) => id}
        />
      </div>
    </section>
  );
}
