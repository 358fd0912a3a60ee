'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useDeferredValue } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/filters.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import classes from './developers.module.css';
import { findTypes } from './find-types.ts';
import { type DocType, useDeveloperDocs } from './use-developer-docs.ts';

const mostShown = 30;

/** Everything that can be asked, with what it means; narrowed by the letters typed. */
export function SchemaPanel() {
  const t = useTranslations('developers.schema');
  const docs = useDeveloperDocs();
  const [search, setSearch] = useQueryState('find', parseAsString.withDefault(''));
  const wanted = useDeferredValue(search);
  const found = docs === null ? [] : findTypes(docs.types, wanted);
  return (
    <Panel title={t('title')} aside={docs === null ? null : t('count', { count: found.length })}>
      <div className={classes.stack}>
        <SearchField
          label={t('search')}
          value={search}
          onChange={(text) => void setSearch(text === '' ? null : text)}
        />
        {docs === null ? (
          <SkeletonRows count={10} />
        ) : found.length === 0 ? (
          <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
        ) : (
          <div>
            {found.slice(0, mostShown).map((type) => (
              <TypeReference key={type.name} type={type} isOpen={wanted !== ''} />
            ))}
          </div>
        )}
        {found.length > mostShown ? (
          <p className={classes.hint}>{t('more', { count: found.length - mostShown })}</p>
        ) : null}
      </div>
    </Panel>
  );
}

function TypeReference({ type, isOpen }: { readonly type: DocType; readonly isOpen: boolean }) {
  const t = useTranslations('developers.schema');
  return (
    <details className={classes.type} open={isOpen || undefined}>
      <summary>
        <code>{type.name}</code>
        <small>{t(`kinds.${type.kind}`)}</small>
        {isRoot(type.name) ? <span>{t(`roots.${type.name}`)}</span> : <span lang="en">{type.description}</span>}
      </summary>
      <ul className={classes.fields}>
        {type.fields.map(({ name, type: of, description, deprecated }) => (
          <li key={name}>
            <code>
              {name}
              {of === '' ? null : <span>: {of}</span>}
            </code>
            <span lang="en">{description}</span>
            {deprecated === undefined ? null : <small lang="en">{t('deprecated', { reason: deprecated })}</small>}
          </li>
        ))}
      </ul>
    </details>
  );
}

const roots = ['Query', 'Mutation', 'Subscription'] as const;

function isRoot(name: string): name is (typeof roots)[number] {
  return roots.some((root) => root === name);
}
