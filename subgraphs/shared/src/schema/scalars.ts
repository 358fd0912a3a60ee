import { GraphQLError, Kind, type ValueNode } from 'graphql';

/** Anything with exact decimal digits: Prisma's Decimal, decimal.js, or text that already is one. */
export type DecimalLike = string | { toFixed(): string };

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const decimalPattern = /^-?\d{1,24}(\.\d{1,12})?$/;

const refuse = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** An instant: RFC 3339 with an offset; answered in UTC. */
export const dateTimeScalar = {
  description: 'An instant in RFC 3339 with an offset, answered in UTC: `2026-11-20T14:05:00.000Z`.',
  serialize: (value: unknown): string => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: (value: unknown): Date => {
    const parsed = typeof value === 'string' && instantPattern.test(value) ? new Date(value) : null;
    if (parsed === null || Number.isNaN(parsed.getTime())) {
      throw refuse('DateTime must be RFC 3339 text with an offset, such as 2026-11-20T14:05:00Z');
    }
    return parsed;
  },
};

/** A calendar day in the zone of the site it belongs to. */
export const dateScalar = {
  description: "A calendar day in the site's time zone: `2026-11-20`.",
  serialize: (value: unknown): string =>
    value instanceof Date ? value.toISOString().slice(0, 10) : String(value).slice(0, 10),
  parseValue: (value: unknown): string => {
    const isDay = typeof value === 'string' && dayPattern.test(value);
    const parsed = isDay ? new Date(`${value}T00:00:00Z`) : null;
    // 2026-02-30 parses in JavaScript; it is no day, so the text must survive the round trip.
    if (parsed === null || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
      throw refuse('Date must be a calendar day such as 2026-11-20');
    }
    return value as string;
  },
};

/** Exact decimal digits as text; money and quantities never become a float. */
export const decimalScalar = {
  description: 'An exact decimal as text, never a float: `"12480.60"`. Input may also be an integer literal.',
  serialize: (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (hasFixed(value)) return value.toFixed();
    throw new TypeError('Decimal cannot be answered from this value');
  },
  parseValue: (value: unknown): string => decimalText(value),
  parseLiteral: (node: ValueNode): string => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return decimalText(node.value);
    throw refuse('Decimal must be text or a number literal');
  },
};

/** Free-form data whose shape another system decides: audit snapshots, stored documents. */
export const jsonScalar = {
  description: 'Any JSON value, kept as another system or an audit snapshot gave it.',
  serialize: (value: unknown): unknown => value,
  parseValue: (value: unknown): unknown => value,
};

function decimalText(value: unknown): string {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !decimalPattern.test(text)) {
    throw refuse('Decimal must be text such as "12480.60", at most 24 digits before and 12 after the point');
  }
  return text;
}

function hasFixed(value: unknown): value is { toFixed(): string } {
  return typeof value === 'object' && value !== null && 'toFixed' in value;
}
