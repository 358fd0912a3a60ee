import type { ErpValue } from '../erp-entity.ts';

/** Why a row cannot be taken. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem';
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Text without what Postgres cannot keep, at most so long; null when nothing is left. */
export function readText(value: ErpValue | undefined, max: number): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).replaceAll('\u0000', '').trim();
  return text === '' ? null : text.slice(0, max);
}

/** @throws RowProblem */
export function readKey(value: ErpValue | undefined): string {
  const key = readText(value, 200);
  if (key === null) throw new RowProblem('MISSING_KEY');
  return key;
}

const decimal = /^-?(\d{1,20})(?:\.\d{1,20})?$/;

/**
 * A number as exact text; null when there is none.
 * @param digits before the decimal point, as many as its column holds: one more would fail all rows of its batch
 * @throws RowProblem (`BAD_NUMBER`)
 */
export function readDecimal(value: ErpValue | undefined, field: string, digits = 12): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = String(value);
  const whole = decimal.exec(text)?.[1]?.replace(/^0+/, '');
  if (whole === undefined || whole.length > digits)
    throw new RowProblem(`BAD_NUMBER: ${field} is ${text.slice(0, 40)}`);
  return text;
}

/** Exact text with the other sign. */
export function negated(value: string | null): string | null {
  if (value === null) return null;
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

export function isNegative(value: string | null): boolean {
  return value?.startsWith('-') === true && /[1-9]/.test(value);
}

/** What Microsip and views call active; nothing said means that it is. */
export function readActive(value: ErpValue | undefined): boolean {
  const text = readText(value, 20)?.toUpperCase();
  return text === undefined || ['A', 'S', 'SI', 'SÍ', '1', 'T', 'TRUE', 'ACTIVO', 'ACTIVA', 'ACTIVE'].includes(text);
}

/** A calendar day, of `2026-03-01` or `2026-03-01 10:20:30`. @throws RowProblem (`BAD_DATE`) */
export function readDay(value: ErpValue | undefined): string {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[ T])/.exec(String(value ?? ''))?.[1];
  if (day === undefined || !isDay(day)) throw badDate(value);
  return day;
}

/** A time of a clock without a zone, `2026-03-01 10:20:30.0000`; null when there is none. @throws RowProblem (`BAD_DATE`) */
export function readMoment(value: ErpValue | undefined): string | null {
  const text = readText(value, 40);
  if (text === null) return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)?$/.exec(text)?.[1];
  if (day === undefined || !isDay(day)) throw badDate(value);
  return text;
}

/** One that the calendar has: a view may hold dates as text. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !day.startsWith('0000') && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const badDate = (value: ErpValue | undefined) => new RowProblem(`BAD_DATE: ${String(value).slice(0, 40)}`);
