'use client';
import { parseAsString, useQueryState } from 'nuqs';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { isDay } from '../../ui/format/day-range.ts';
import { DayBar } from './day-bar.tsx';
import { DayPanels } from './day-panels.tsx';

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
  const [wanted, setWanted] = useQueryState('day', parseAsString.withOptions({ history: 'replace' }));
  const day = isDay(wanted) ? wanted : scope.today;
  return (
    <>
      <DayBar day={day} today={scope.today} onDay={(next) => void setWanted(next === scope.today ? null : next)} />
      {/* Another day begins with nothing: an agenda must not show yesterday's patients under today's date. */}
      <DayPanels key={day} day={day} site={site} clinicId={clinicId} />
    </>
  );
}
