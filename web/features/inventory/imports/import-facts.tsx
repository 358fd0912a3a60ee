'use client';
import { useTranslations } from 'next-intl';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { type ImportDetailFragment, ImportSummaryFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { useViewer } from '../../../shell/viewer.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import classes from './imports.module.css';

/** What was understood of a file as a whole. */
export function ImportFacts({ detail }: { readonly detail: ImportDetailFragment }) {
  const t = useTranslations('inventory.imports.facts');
  const kinds = useTranslations('inventory.imports.kinds');
  const format = useFormat();
  const { sites } = useViewer();
  const { kind, committedAt, undoneAt } = readFragment(ImportSummaryFragmentDoc, detail);
  const { sheets, headerLine, branch, dateFrom, dateTo } = detail;
  const chosen = sites.find(({ id }) => id === detail.site?.id);
  const none = t('notSaid');
  const facts: readonly (readonly [name: string, value: string])[] = [
    [t('kind'), kind === null ? none : kinds(kind)],
    [t('sheets'), sheets.join(', ')],
    [t('headerLine'), headerLine === null ? none : t('line', { line: headerLine })],
    [t('branch'), branch ?? none],
    ...(chosen === undefined ? [] : [[t('site'), chosen.name] as const]),
    [t('days'), dateFrom === null || dateTo === null ? none : format.range({ from: dateFrom, to: dateTo })],
    ...(committedAt === null ? [] : [[t('committedAt'), format.instant(committedAt)] as const]),
    ...(undoneAt === null ? [] : [[t('undoneAt'), format.instant(undoneAt)] as const]),
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
