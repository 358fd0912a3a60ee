'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useGraphContext } from '../../graphql/graph-provider.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/filters.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './developers.module.css';
import { type RestRoute, readRoutes } from './rest-routes.ts';

/** Every REST address, as the gateway itself describes them, with a line for the terminal. */
export function RestPanel() {
  const t = useTranslations('developers.rest');
  const { url } = useGraphContext();
  const origin = new URL(url).origin;
  const [routes, setRoutes] = useState<readonly RestRoute[] | 'loading' | 'absent'>('loading');
  const [search, setSearch] = useState('');
  useEffect(() => {
    let isHere = true;
    void loadRoutes(origin).then((loaded) => {
      if (isHere) setRoutes(loaded ?? 'absent');
    });
    return () => {
      isHere = false;
    };
  }, [origin]);
  if (routes === 'loading' || routes === 'absent') {
    return (
      <Panel title={t('title')}>
        {routes === 'loading' ? (
          <SkeletonRows count={8} />
        ) : (
          <EmptyState title={t('absent.title')} hint={t('absent.hint')} />
        )}
      </Panel>
    );
  }
  const found = routes.filter(({ path, summary }) => `${path} ${summary}`.toLowerCase().includes(search.toLowerCase()));
  return (
    <Panel
      title={t('title')}
      aside={
        <a className={classes.link} href={`${origin}/api/openapi.json`}>
          openapi.json
        </a>
      }
    >
      <div className={classes.stack}>
        <p className={classes.prose}>{t('about')}</p>
        <CodeBlock
          title={t('terminal')}
          text={`curl "${origin}/api/data/products?limit=5" -H "x-api-key: $CAUCE_API_KEY"`}
        />
        <SearchField label={t('search')} value={search} onChange={setSearch} />
        <ul className={classes.reference}>
          {found.map(({ method, path, summary, isOffered }) => (
            <li key={`${method} ${path}`}>
              <code data-method={method}>{method}</code>
              <code>{path}</code>
              <span>
                <span lang="en">{summary}</span>
                {isOffered ? null : <small>{t('planned')}</small>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

async function loadRoutes(origin: string): Promise<readonly RestRoute[] | null> {
  try {
    const response = await fetch(`${origin}/api/openapi.json`);
    return response.ok ? readRoutes(await response.json()) : null;
  } catch {
    return null;
  }
}
