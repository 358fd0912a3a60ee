'use client';
import { useTranslations } from 'next-intl';
import { LinkButton } from '../../shell/link-button.tsx';
import { useCan } from '../../shell/viewer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** A site where nothing lies yet: how products come to it, with the ways that the viewer may take. */
export function NoProducts({ hasCatalogue = true }: { readonly hasCatalogue?: boolean }) {
  const t = useTranslations('inventory.empty');
  const can = useCan();
  const mayUpload = can('inventory:write') && can('uploads:write');
  const mayCopy = can('sync:trigger');
  return (
    <EmptyState
      title={t(hasCatalogue ? 'title' : 'noCatalogue')}
      hint={t(mayUpload || mayCopy ? 'hint' : 'hintToRead')}
      actions={
        <>
          {mayUpload ? (
            <LinkButton look="primary" href="/inventory/imports">
              {t('upload')}
            </LinkButton>
          ) : null}
          {mayCopy ? <LinkButton href="/inventory/sync">{t('copy')}</LinkButton> : null}
          {hasCatalogue ? (
            <LinkButton href="/inventory/products" query={{ where: 'all' }}>
              {t('catalogue')}
            </LinkButton>
          ) : null}
        </>
      }
    />
  );
}
