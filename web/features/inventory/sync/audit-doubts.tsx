'use client';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ErpSetupFragment } from '../../../graphql/generated/graphql.ts';
import classes from './sync.module.css';

type Doubts = NonNullable<ErpSetupFragment['audit']>['doubts'];

/** What a person should look at before the mapping is confirmed. */
export function AuditDoubts({ doubts }: { readonly doubts: Doubts }) {
  const t = useTranslations('inventory.erp.mapping');
  const kindName = useTranslations('inventory.sync.entities');
  if (doubts.length === 0) return <p className={classes.well}>{t('noDoubts')}</p>;
  return (
    <section aria-label={t('doubtsTitle')} className={classes.doubts}>
      <h3>{t('doubtsTitle')}</h3>
      <ul>
        {doubts.map(({ code, entity, detail }) => (
          <li key={`${code}${entity}${detail}`}>
            <IconAlertTriangle size={15} aria-hidden="true" />
            <span>
              <strong>{entity === null ? t('all') : kindName(entity)}</strong> {t(`doubts.${code}`)}
              <small>{detail}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
