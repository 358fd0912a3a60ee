'use client';
import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { type Comparison, comparisonOf, type DayRange, isDay, monthToDate, todayIn } from '../ui/format/day-range.ts';
import { choosePlace } from './choose-place.ts';
import { type Me, useViewer } from './viewer.tsx';

export type ScopeSite = Me['sites'][number];

/** What every page is about: one company, one site, one period. All of it is in the address, so a link shows the same. */
export interface Scope {
  readonly company: Me['companies'][number] | null;
  readonly site: ScopeSite | null;
  readonly range: DayRange;
  readonly comparison: Comparison;
  /** Today at the site. */
  readonly today: string;
  readonly setCompany: (id: string) => void;
  readonly setSite: (id: string) => void;
  readonly setRange: (range: DayRange) => void;
}

const parsers = { company: parseAsString, site: parseAsString, from: parseAsString, to: parseAsString };

export function useScope(): Scope {
  const me = useViewer();
  const [wanted, setWanted] = useQueryStates(parsers, { history: 'push' });
  const { company, site } = choosePlace(me, wanted);
  const today = todayIn(site?.timeZone);
  const range = useMemo(() => chooseRange(wanted.from, wanted.to, today), [wanted.from, wanted.to, today]);
  return {
    company,
    site,
    range,
    comparison: useMemo(() => comparisonOf(range), [range]),
    today,
    setCompany: useCallback((id: string) => void setWanted({ company: id, site: null }), [setWanted]),
    setSite: useCallback((id: string) => void setWanted({ company: null, site: id }), [setWanted]),
    setRange: useCallback(({ from, to }: DayRange) => void setWanted({ from, to }), [setWanted]),
  };
}

function chooseRange(from: string | null, to: string | null, today: string): DayRange {
  return isDay(from) && isDay(to) && from <= to ? { from, to } : monthToDate(today);
}

/** The part of an address that carries over from page to page. */
export const scopeKeys = Object.keys(parsers);
