import { Refusal } from '../refusal.ts';

export type Format = 'json' | 'csv' | 'xlsx';

export const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Names by which `?format=` knows them. */
export const formatNames: Readonly<Record<string, Format>> = { json: 'json', csv: 'csv', xlsx: 'xlsx', excel: 'xlsx' };

/**
 * The format that a client asks for: `?format=` first, else the best of `Accept`, else JSON. Throws 406 when it asks
 * for what is not made here.
 */
export function chooseFormat(named: unknown, accept: string | undefined): Format {
  if (named !== undefined && named !== '') {
    const name = String(named).toLowerCase();
    const format = Object.hasOwn(formatNames, name) ? formatNames[name] : undefined;
    if (format === undefined) throw notAcceptable();
    return format;
  }
  if (accept === undefined || accept.trim() === '') return 'json';
  let best: { readonly format: Format; readonly weight: number } | null = null;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const format = formatOf(name);
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (format === null || !(weight > 0) || (best !== null && weight <= best.weight)) continue;
    best = { format, weight };
  }
  if (best === null) throw notAcceptable();
  return best.format;
}

function formatOf(range: string): Format | null {
  if (range === '*/*' || range === 'application/*' || range === 'application/json') return 'json';
  if (range === 'text/csv' || range === 'text/*') return 'csv';
  return mediaTypes.xlsx === range ? 'xlsx' : null;
}

function notAcceptable(): Refusal {
  const detail = `This address answers in these formats: ${Object.keys(formatNames).join(', ')}`;
  return new Refusal({ status: 406, code: 'NOT_ACCEPTABLE', detail });
}
