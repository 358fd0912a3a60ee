'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { useRunName } from './run-name.ts';
import { RunTag } from './run-tag.tsx';

/** The runs that ended, newest first: when, whose, how much of it was new, and how it went. */
export function RunHistory({
  runs,
  onOpen,
}: {
  readonly runs: readonly ForecastRunFactsFragment[];
  readonly onOpen: (id: string) => void;
}) {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  const nameOf = useRunName();
  return (
    <Panel title={t('history')}>
      {runs.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {runs.map((run) => {
            const { id, status, computed, unchanged, skill, createdAt, startedAt, completedAt } = run;
            const took =
              startedAt === null || completedAt === null
                ? []
                : [format.duration(Date.parse(completedAt) - Date.parse(startedAt))];
            return (
              <Row
                key={id}
                title={nameOf(run)}
                subtitle={[format.instant(completedAt ?? createdAt), ...took].join(' · ')}
                note={t('counts', {
                  ...{ computed, computedWritten: format.number(computed) },
                  ...{ unchanged, unchangedWritten: format.number(unchanged) },
                })}
                number={
                  skill === null || status !== 'COMPLETED'
                    ? undefined
                    : format.percent(skill * 100, { digits: 0, signed: true })
                }
                tag={<RunTag run={run} />}
                onOpen={() => onOpen(id)}
              />
            );
          })}
        </RowList>
      )}
    </Panel>
  );
}
