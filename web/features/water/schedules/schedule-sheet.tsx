'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo } from 'react';
import {
  WaterScheduleRunsDocument,
  type WaterScheduleRunsQuery,
  type WaterSchedulesQuery,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Details } from '../../../ui/details.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useEvery } from '../../../ui/format/use-every.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import classes from './schedules.module.css';

export type Schedule = WaterSchedulesQuery['telemetrySchedules'][number];

export const runTones = { RUNNING: 'brand', DONE: 'ok', FAILED: 'fault' } as const;

/** One schedule: when it runs, and its last runs with how long each took and why it failed. */
export function ScheduleSheet({
  title,
  schedule,
  onClose,
}: {
  readonly title: string;
  readonly schedule: Schedule;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.schedules');
  const format = useFormat();
  const { name, cron, timeZone, nextRunAt, doneAt, startedAt } = schedule;
  const { data, isLoading, failed, retry } = useGraph(
    WaterScheduleRunsDocument,
    useMemo(() => ({ schedule: name }), [name]),
  );
  // A run that began tells that the one before has ended.
  useEffect(() => {
    if (startedAt !== null) retry();
  }, [startedAt, retry]);
  const runs = data?.telemetryRuns ?? [];
  const words = useEvery()(cron);
  return (
    <Sheet name={title} side="right" hasTitle onClose={onClose}>
      <div className={classes.sheet}>
        <Details
          rows={[
            [
              t('open.clock'),
              words === null ? (
                <code key="clock">{t('open.inZone', { cron, zone: timeZone })}</code>
              ) : (
                t('open.inZone', { cron: words, zone: timeZone })
              ),
            ],
            [t('next'), format.instant(nextRunAt)],
            [t('open.lastWell'), doneAt === null ? '–' : format.instant(doneAt)],
          ]}
        />
        {isLoading ? (
          <SkeletonRows count={8} />
        ) : failed !== null ? (
          <ErrorState failure={failed} what={title} onRetry={retry} />
        ) : runs.length === 0 ? (
          <EmptyState title={t('open.none.title')} hint={t('open.none.hint')} />
        ) : (
          <>
            <h3>{t('open.last', { count: runs.length })}</h3>
            <ol className={classes.runs}>
              {runs.map((run) => (
                <Run key={run.startedAt} run={run} />
              ))}
            </ol>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Run({ run }: { readonly run: WaterScheduleRunsQuery['telemetryRuns'][number] }) {
  const t = useTranslations('water.schedules');
  const format = useFormat();
  const { startedAt, tookMs, outcome, error } = run;
  return (
    <li>
      <time dateTime={startedAt}>{format.instant(startedAt)}</time>
      <span>{format.quantity(tookMs, 'ms', { digits: 0 })}</span>
      <StateTag tone={runTones[outcome]}>{t(`states.${outcome}`)}</StateTag>
      {outcome === 'FAILED' ? <small>{error ?? t('hidden')}</small> : null}
    </li>
  );
}
