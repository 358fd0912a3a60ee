'use client';
import { useTranslations } from 'next-intl';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import classes from './developers.module.css';
import { useDeveloperDocs } from './use-developer-docs.ts';

/** What changed in the schema, release by release. */
export function ChangesPanel() {
  const t = useTranslations('developers.changes');
  const format = useFormat();
  const docs = useDeveloperDocs();
  return (
    <Panel title={t('title')} aside={t('promise')}>
      {docs === null ? (
        <SkeletonRows count={8} />
      ) : docs.changelog.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        docs.changelog.map(({ date, lines }) => (
          <section key={date} className={classes.release} aria-label={date}>
            <h3>
              <time dateTime={date}>{format.day(date, true)}</time>
            </h3>
            <ul lang="en">
              {lines.map((line) => (
                <li key={line}>{line.replaceAll('`', '')}</li>
              ))}
            </ul>
          </section>
        ))
      )}
    </Panel>
  );
}
