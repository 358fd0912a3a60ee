/** Languages the app speaks; each has its own way to write a number or a date. */
export type Language = 'es' | 'en';

/** A measured number, or an exact decimal as the graph sends it (text). */
export type Numeric = number | string;

export interface NumberStyle {
  /** Digits after the decimal mark; the same count always, so that columns align. Default 0. */
  readonly digits?: number;
  /** Write `+` before a positive number, for differences. */
  readonly signed?: boolean;
  /** `21 M` instead of `21 000 000`, for axes. */
  readonly compact?: boolean;
}

/** No-break space between a number and its unit: a unit never starts a line. */
export const unitSpace = '\u00a0';
const narrowSpace = '\u202f';
const minus = '\u2212';

/**
 * A number in the reader's language: `12 480,6` in Spanish (narrow no-break space, comma), `12,480.6` in English.
 * Exact for decimals that come as text. Answers an en dash for what is missing or is no number.
 */
export function formatNumber(value: Numeric | null | undefined, language: Language, style: NumberStyle = {}): string {
  if (!isNumeric(value)) return '–';
  const { digits = 0, signed = false, compact = false } = style;
  const formatter = numberFormat(language, digits, signed, compact);
  return formatter
    .formatToParts(value as Intl.StringNumericLiteral | number)
    .map((part) => localPart(part, language))
    .join('');
}

/** A decimal that comes as text, with as many digits as it was written with; text that is no number as it is. */
export function formatWritten(text: string, language: Language): string {
  return isNumeric(text) ? formatNumber(text, language, { digits: text.split('.')[1]?.length ?? 0 }) : text;
}

/** A number and its unit, kept on one line: `12,4 L/s`. A missing value has no unit. */
export function formatQuantity(
  value: Numeric | null | undefined,
  unit: string,
  language: Language,
  style: NumberStyle = {},
): string {
  const number = formatNumber(value, language, style);
  return number === '–' || unit === '' ? number : `${number}${unitSpace}${unit}`;
}

/** Percent from a number that already is one (`0.84` is 0.84 %): `0,84 %` in Spanish, `0.84%` in English. */
export function formatPercent(value: Numeric | null | undefined, language: Language, style: NumberStyle = {}): string {
  const number = formatNumber(value, language, { digits: 1, ...style });
  return number === '–' ? number : `${number}${language === 'es' ? unitSpace : ''}%`;
}

/** Money with the currency's own digits unless told otherwise: `$ 312 400` in Spanish, `$312,400` in English. */
export function formatMoney(
  value: Numeric | null | undefined,
  currency: string,
  language: Language,
  style: NumberStyle = {},
): string {
  const coin = coinFormat(currency, language);
  const number = formatNumber(value, language, { ...style, digits: style.digits ?? digitsOf(coin) });
  if (number === '–') return number;
  const symbol = coin.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  return `${symbol}${language === 'es' || symbol.length > 1 ? unitSpace : ''}${number}`;
}

/** Money where a column's head names its currency: the currency's own digits, without its sign. */
export function formatAmount(value: Numeric | null | undefined, currency: string, language: Language): string {
  return formatNumber(value, language, { digits: digitsOf(coinFormat(currency, language)) });
}

/** Whether a value can be written as a number: finite, or decimal text. */
export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

const coins = new Map<string, Intl.NumberFormat>();

function coinFormat(currency: string, language: Language): Intl.NumberFormat {
  const key = `${language}|${currency}`;
  const known = coins.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  coins.set(key, made);
  return made;
}

const digitsOf = (coin: Intl.NumberFormat) => coin.resolvedOptions().maximumFractionDigits ?? 0;

const formats = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs more than using one, and a table uses thousands. */
function numberFormat(language: Language, digits: number, signed: boolean, compact: boolean): Intl.NumberFormat {
  const key = `${language}|${digits}|${signed}|${compact}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, {
    ...(compact ? { notation: 'compact', maximumFractionDigits: 1 } : fixed(digits)),
    useGrouping: 'always',
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  formats.set(key, made);
  return made;
}

function fixed(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

function localPart(part: Intl.NumberFormatPart, language: Language): string {
  if (part.type === 'group') return language === 'es' ? narrowSpace : part.value;
  if (part.type === 'minusSign') return minus;
  return part.value;
}
