'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { WaterSchedulesDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { PointAge } from '../point-age.tsx';
import { namedSchedule } from './named-schedules.ts';
import { runTones, type Schedule, ScheduleSheet } from './schedule-sheet.tsx';

/** The most frequent of them run every minute. */
const againMs = 20_000;
const none = {};

/** What the platform does by the clock for the water: asking, watching, telling, reporting, and how each went. */
export function SchedulesPanel() {
  const t = useTranslations('water.schedules');
  const format = useFormat();
  const [openName, setOpenName] = useQueryState('schedule', parseAsString);
  const { data, isLoading, failed, retry } = useGraph(WaterSchedulesDocument, none);
  useEffect(() => {
    const timer = setInterval(retry, againMs);
    return () => clearInterval(timer);
  }, [retry]);
  const schedules = data?.telemetrySchedules ?? [];
  const nameOf = (name: string) => {
    const named = namedSchedule(name);
    return named === null ? name : t(`names.${named}`);
  };
  const open = schedules.find(({ name }) => name === openName);
  return (
    <Panel title={t('title')} aside={t('note')}>
      {isLoading && data === undefined ? (
        <SkeletonRows count={8} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : schedules.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {schedules.map((schedule) => (
            <Row
              key={schedule.name}
              title={nameOf(schedule.name)}
              subtitle={t('nextAt', { at: format.instant(schedule.nextRunAt) })}
              note={schedule.tookMs === null ? undefined : format.quantity(schedule.tookMs, 'ms', { digits: 0 })}
              number={schedule.startedAt === null ? t('never') : <PointAge at={Date.parse(schedule.startedAt)} />}
              tag={<ScheduleState schedule={schedule} />}
              onOpen={() => void setOpenName(schedule.name)}
            />
          ))}
        </RowList>
      )}
      {open === undefined ? null : (
        <ScheduleSheet
          key={open.name}
          title={nameOf(open.name)}
          schedule={open}
          onClose={() => void setOpenName(null)}
        />
      )}
    </Panel>
  );
}

function ScheduleState({ schedule: { state, failures } }: { readonly schedule: Schedule }) {
  const t = useTranslations('water.schedules');
  if (state === null) return <StateTag tone="neutral">{t('states.NEVER')}</StateTag>;
  const text = state === 'FAILED' && failures > 1 ? t('failedTimes', { count: failures }) : t(`states.${state}`);
  return <StateTag tone={runTones[state]}>{text}</StateTag>;
}
