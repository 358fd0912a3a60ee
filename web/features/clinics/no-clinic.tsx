'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ClinicPlacesDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The site has no clinic: says so, and offers the sites within reach that have one. */
export function NoClinic({ onChoose }: { readonly onChoose: (siteId: string) => void }) {
  const t = useTranslations('clinics.none');
  const { data } = useGraph(
    ClinicPlacesDocument,
    useMemo(() => ({}), []),
  );
  const clinics = (data?.clinics.edges ?? []).map(({ node }) => node);
  return (
    <EmptyState
      title={t('title')}
      hint={t('hint')}
      actions={clinics.map(({ id, name, site }) => (
        <Button key={id} size="small" onClick={() => onChoose(site.id)}>
          {t('goTo', { name })}
        </Button>
      ))}
    />
  );
}
