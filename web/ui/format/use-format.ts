'use client';
import { useLocale } from 'next-intl';
import { use, useMemo } from 'react';
import {
  formatAge,
  formatClock,
  formatDay,
  formatDayOf,
  formatDayRange,
  formatDuration,
  formatInstant,
  formatLocalInstant,
  formatMonth,
  formatZone,
} from './dates.ts';
import type { DayRange } from './day-range.ts';
import {
  formatAmount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatWritten,
  type Language,
  type NumberStyle,
  type Numeric,
} from './numbers.ts';
import { ZoneContext } from './zone.tsx';

type Missing = null | undefined;

/** Every way to write a value in the reader's language; instants in the zone of the site that the page is about. */
export function useFormat() {
  const timeZone = use(ZoneContext);
  const language: Language = useLocale() === 'en' ? 'en' : 'es';
  return useMemo(
    () => ({
      language,
      number: (value: Numeric | Missing, style?: NumberStyle) => formatNumber(value, language, style),
      written: (text: string) => formatWritten(text, language),
      quantity: (value: Numeric | Missing, unit: string, style?: NumberStyle) =>
        formatQuantity(value, unit, language, style),
      percent: (value: Numeric | Missing, style?: NumberStyle) => formatPercent(value, language, style),
      money: (value: Numeric | Missing, currency: string, style?: NumberStyle) =>
        formatMoney(value, currency, language, style),
      amount: (value: Numeric | Missing, currency: string) => formatAmount(value, currency, language),
      instant: (at: string | number | Date) => formatInstant(at, language, timeZone),
      dayOf: (at: string | number | Date) => formatDayOf(at, language, timeZone, false),
      localInstant: (local: string) => formatLocalInstant(local, language),
      clock: (at: string | number | Date) => formatClock(at, language, timeZone),
      day: (day: string, withYear?: boolean) => formatDay(day, language, withYear),
      month: (day: string) => formatMonth(day, language),
      range: (range: DayRange) => formatDayRange(range, language),
      clockIn: (at: number, zone: string) => formatClock(at, language, zone),
      duration: (ms: number) => formatDuration(ms),
      age: (ageMs: number) => formatAge(ageMs, language),
      zone: (zone: string) => formatZone(zone, language),
    }),
    [language, timeZone],
  );
}

export type Format = ReturnType<typeof useFormat>;
