import { withoutMarks } from './clean-text.ts';
import { plainWords } from './plain-words.ts';

const months = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const english: Readonly<Record<string, number>> = { jan: 1, apr: 4, aug: 8, set: 9, dec: 12 };

/** A day as people write it, day before month, as an ISO day; null for what is none. */
export function parseSpanishDate(text: string): string | null {
  const plain = withoutMarks(text);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(plain);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ ,T]+\d{1,2}:\d{2}.*)?$/.exec(plain);
  if (numeric !== null) return dayOf(yearOf(numeric[3]), Number(numeric[2]), Number(numeric[1]));
  const worded = /^(?:\p{L}+ )?(\d{1,2}) (?:de )?(\p{L}{3,10}) (?:de |del )?(\d{4}|\d{2})\b/u.exec(plainWords(plain));
  if (worded === null) return null;
  return dayOf(yearOf(worded[3]), monthOf(worded[2] ?? ''), Number(worded[1]));
}

/** Two numbers and a year that make a day only when the month is first: `03/25/2026`. */
export function isMonthBeforeDay(text: string): boolean {
  const [first, second] = numbersOf(text);
  return first >= 1 && first <= 12 && second > 12 && second <= 31;
}

/** Two numbers and a year that make one day with the month first and another with the month second. */
export function isEitherWay(text: string): boolean {
  const [first, second] = numbersOf(text);
  return first !== second && first >= 1 && first <= 12 && second >= 1 && second <= 12;
}

function numbersOf(text: string): readonly [number, number] {
  const found = /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)/.exec(withoutMarks(text));
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
}

/** A day that Excel keeps as a number, where it lies between 1990 and 2100. */
export const isDaySerial = (value: number) => value >= 32_874 && value <= 73_415;

/** The first and the last day of `marzo 2026`. */
export function parseMonth(text: string): { readonly from: string; readonly to: string } | null {
  const found = /\b(\p{L}{4,10}) (?:de |del )?(\d{4})\b/u.exec(plainWords(text));
  const month = monthOf(found?.[1] ?? '');
  const year = Number(found?.[2]);
  const from = dayOf(year, month, 1);
  if (from === null) return null;
  return { from, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

function monthOf(word: string): number {
  const short = word.slice(0, 3);
  const known = months.indexOf(short) + 1;
  return known === 0 ? (english[short] ?? 0) : known;
}

const yearOf = (text = '') => (text.length === 2 ? 2000 + Number(text) : Number(text));

function dayOf(year: number, month: number, day: number): string | null {
  if (!(year >= 1990 && year <= 2100) || month < 1 || month > 12) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}
