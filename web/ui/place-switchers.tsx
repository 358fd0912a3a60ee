'use client';
import { useTranslations } from 'next-intl';
import { ChoiceList } from './choice-list.tsx';
import { Dropdown } from './dropdown.tsx';

interface Named {
  readonly id: string;
  readonly name: string;
}

export type SiteKind = 'PLANT' | 'WAREHOUSE' | 'CLINIC' | 'CATCHMENT_AREA' | 'OFFICE';

/** Which company is looked at; plain text where there is only one. */
export function CompanySwitcher({
  companies,
  companyId,
  onChange,
}: {
  readonly companies: readonly Named[];
  readonly companyId: string | null;
  readonly onChange: (id: string) => void;
}) {
  const t = useTranslations('places');
  const current = companies.find((company) => company.id === companyId);
  if (current === undefined || companies.length < 2) return null;
  return (
    <Dropdown name={t('company')} label={current.name}>
      {(close) => (
        <ChoiceList
          name={t('company')}
          choices={companies.map(({ id, name }) => ({ id, label: name }))}
          selectedId={companyId}
          onChoose={(id) => {
            onChange(id);
            close();
          }}
        />
      )}
    </Dropdown>
  );
}

/** Which site of the company is looked at, each with its kind. */
export function SiteSwitcher({
  sites,
  siteId,
  onChange,
}: {
  readonly sites: readonly (Named & { readonly kind: SiteKind })[];
  readonly siteId: string | null;
  readonly onChange: (id: string) => void;
}) {
  const t = useTranslations('places');
  const current = sites.find((site) => site.id === siteId);
  if (current === undefined) return null;
  return (
    <Dropdown name={t('site')} label={current.name}>
      {(close) => (
        <ChoiceList
          name={t('site')}
          choices={sites.map(({ id, name, kind }) => ({ id, label: name, note: t(`kinds.${kind}`) }))}
          selectedId={siteId}
          onChoose={(id) => {
            onChange(id);
            close();
          }}
          {...(sites.length < 7 ? {} : { search: { placeholder: t('search'), nothing: t('nothing') } })}
        />
      )}
    </Dropdown>
  );
}
