'use client';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ComplianceChangedDocument,
  ComplianceMonthDocument,
  PointCalendarFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonPanel, SkeletonStats } from '../../../ui/skeleton.tsx';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import { boundsIn, dayIn, monthFrom } from './calendar-month.ts';
import classes from './compliance.module.css';
import { DayReport } from './day-report.tsx';
import { DaySheet } from './day-sheet.tsx';
import { ExportMonth } from './export-month.tsx';
import { MonthCard } from './month-card.tsx';
import { ReviewQueue } from './review-queue.tsx';
import { SlotSheet } from './slot-sheet.tsx';
import { dayStates, tallyOf } from './slot-state.ts';

/** Whose clock the month is cut by where nothing is registered. */
const usualZone = 'Etc/GMT+4';

/** What a site owes its regulators: the month of each point, what waits for a person, and yesterday. */
export function CompliancePanel({ site }: { readonly site: ScopeSite }) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const [today] = useState(() => dayIn(Date.now(), usualZone));
  const [state, setState] = useQueryStates({
    month: parseAsString.withDefault(today.slice(0, 7)),
    point: parseAsString,
    day: parseAsString,
    slot: parseAsString,
  });
  const [version, setVersion] = useState(0);
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.test(state.month) ? state.month : today.slice(0, 7);
  const { data, isLoading, failed, retry } = useGraph(
    ComplianceMonthDocument,
    useMemo(() => ({ site: site.id, month }), [site.id, month]),
  );
  const calendars =
    data?.complianceCalendars.map((one) => ({ masked: one, ...readFragment(PointCalendarFragmentDoc, one) })) ?? [];
  const changed = () => {
    retry();
    setVersion((last) => last + 1);
  };
  const soon = useCoalesced(changed, 2_000);
  const pointIds = calendars.map(({ point }) => point.id).join();
  useLive(
    ComplianceChangedDocument,
    useMemo(() => ({ points: pointIds.split(',') }), [pointIds]),
    { pause: pointIds === '', onEvent: soon },
  );
  const registered = calendars.flatMap(({ point, registrations }) =>
    registrations.map(({ timeZone }) => ({ id: point.id, timeZone })),
  );
  const zoneOf = (pointId: string) => registered.find(({ id }) => id === pointId)?.timeZone ?? usualZone;
  const lastDay = monthFrom(month, 1);
  const bounds = boundsIn(
    `${month}-01`,
    new Date(Date.parse(`${lastDay}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10),
    usualZone,
  );
  const tally = tallyOf(calendars.flatMap(({ days }) => days));
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const open = calendars.find(({ point }) => point.id === state.point);
  if (isLoading) {
    return (
      <>
        <SkeletonStats count={3} />
        <SkeletonPanel rows={4} />
        <SkeletonPanel rows={8} />
      </>
    );
  }
  if (failed !== null || calendars.length === 0) {
    return (
      <Panel title={t('title')}>
        {failed !== null ? (
          <ErrorState failure={failed} what={t('title')} onRetry={retry} />
        ) : (
          <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
        )}
      </Panel>
    );
  }
  const monthName = `${format.month(`${month}-01`)} ${month.slice(0, 4)}`;
  return (
    <>
      <div className={classes.bar}>
        <div className={classes.acts}>
          <Button
            size="icon"
            icon={<IconChevronLeft size={16} aria-hidden="true" />}
            aria-label={t('previous')}
            onClick={() => void setState({ month: monthFrom(month, -1) })}
          />
          <h2 className={classes.monthName}>{monthName}</h2>
          <Button
            size="icon"
            icon={<IconChevronRight size={16} aria-hidden="true" />}
            aria-label={t('next')}
            disabled={month >= today.slice(0, 7)}
            onClick={() => void setState({ month: monthFrom(month, 1) })}
          />
        </div>
        <ExportMonth siteId={site.id} month={month} {...bounds} />
      </div>
      <StatRow label={t('title')}>
        <Stat
          label={t('stats.vouchers')}
          value={format.number(tally.vouchers)}
          comparison={{
            text: share(tally, format),
            tone: 'plain',
            note: t('stats.ofOwed', { owed: format.number(tally.owed - tally.shadowed) }),
          }}
        />
        <Stat
          label={t('stats.waiting')}
          value={format.number(tally.waiting)}
          comparison={{ text: t('stats.waitingNote'), tone: tally.waiting > 0 ? 'attention' : 'plain' }}
        />
        <Stat
          label={t('stats.inNeed')}
          value={format.number(tally.inNeed)}
          comparison={{
            text: tally.inNeed === 0 ? t('stats.none') : t('stats.inNeedNote'),
            tone: tally.inNeed > 0 ? 'bad' : 'plain',
          }}
        />
        {tally.shadowed === 0 ? null : (
          <Stat
            label={t('stats.shadowed')}
            value={format.number(tally.shadowed)}
            comparison={{ text: t('stats.shadowedNote'), tone: 'plain' }}
          />
        )}
      </StatRow>
      <ReviewQueue siteId={site.id} version={version} onOpen={(slot) => void setState({ slot })} />
      <Panel title={t('calendar')} aside={<Legend />}>
        <div className={classes.cards}>
          {calendars.map(({ masked, point }) => (
            <MonthCard key={point.id} calendar={masked} onDay={(id, day) => void setState({ point: id, day })} />
          ))}
        </div>
      </Panel>
      {yesterday.startsWith(month) ? (
        <DayReport
          day={yesterday}
          points={calendars.map(({ point, days }) => ({
            ...point,
            day: days.find(({ date }) => date === yesterday),
          }))}
        />
      ) : null}
      {open === undefined || state.day === null ? null : (
        <DaySheet
          point={open.point}
          day={state.day}
          timeZone={zoneOf(open.point.id)}
          version={version}
          onOpen={(slot) => void setState({ slot })}
          onClose={() => void setState({ point: null, day: null })}
        />
      )}
      {state.slot === null ? null : (
        <SlotSheet key={state.slot} id={state.slot} onChanged={changed} onClose={() => void setState({ slot: null })} />
      )}
    </>
  );
}

function Legend() {
  const t = useTranslations('water.compliancePage.states');
  return (
    <ul className={classes.legend}>
      {dayStates.map((state) => (
        <li key={state} data-state={state}>
          {t(state)}
        </li>
      ))}
    </ul>
  );
}

function share({ vouchers, owed, shadowed }: ReturnType<typeof tallyOf>, format: ReturnType<typeof useFormat>): string {
  return owed === shadowed ? '–' : format.percent((100 * vouchers) / (owed - shadowed));
}
