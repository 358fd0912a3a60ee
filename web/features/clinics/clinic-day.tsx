'use client';
import { parseAsString, useQueryStates } from 'nuqs';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { isDay, todayIn } from '../../ui/format/day-range.ts';
import { DayBar } from './day-bar.tsx';
import { DayPanels } from './day-panels.tsx';

const shownParsers = { day: parseAsString, appointment: parseAsString };

/** One day of a clinic, today unless another was chosen. */
export function ClinicDay({
  scope,
  site,
  clinicId,
}: {
  readonly scope: Scope;
  readonly site: ScopeSite;
  readonly clinicId: string;
}) {
  const [{ day: wanted }, setShown] = useQueryStates(shownParsers, { history: 'replace' });
  const day = isDay(wanted) ? wanted : scope.today;
  const dayParameter = (next: string) => (next === scope.today ? null : next);
  return (
    <>
      <DayBar day={day} today={scope.today} onDay={(next) => void setShown({ day: dayParameter(next) })} />
      {/* Another day begins with nothing: an agenda must not show yesterday's patients under today's date. */}
      <DayPanels
        key={day}
        day={day}
        site={site}
        clinicId={clinicId}
        onOpen={({ id, startAt }) =>
          void setShown({ day: dayParameter(todayIn(site.timeZone, new Date(startAt))), appointment: id })
        }
      />
    </>
  );
}
