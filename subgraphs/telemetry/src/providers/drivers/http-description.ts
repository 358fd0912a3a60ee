import { isTimeZone } from '@cauce/shared/time-zone';
import { z } from 'zod';
import { parseJsonPath } from './json-path.ts';
import { namesIn } from './template.ts';

const windowNames = ['device', 'channel', 'from', 'to', 'page', 'offset', 'limit', 'cursor'];
const secretName = /^(?:secret\.\w{1,60}|deviceToken)$/;

const template = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{C}*$/u, 'must hold no control characters')
    .refine(
      (text) => namesIn(text).every((name) => windowNames.includes(name) || secretName.test(name)),
      `knows only {{${windowNames.join('}}, {{')}}}, {{deviceToken}} and {{secret.<name>}}`,
    );

/** Where it leads must not depend on what is put into it, and a secret is no part of its text. */
const url = template(1_000).refine((text) => {
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  return authority !== undefined && !/[{}@\\]/.test(authority) && URL.canParse(text.replaceAll(/[{}]/g, ''));
}, 'must begin with http:// or https:// and a host without placeholders');

const path = z.string().refine((text) => parseJsonPath(text) !== null, 'is no path such as $.data[*].value');

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,80}$/);
const forbiddenHeaders = /^(?:host|content-length|transfer-encoding|connection|te|upgrade|expect)$/i;

const pageSize = z.int().min(1).max(50_000);

const paging = z.discriminatedUnion('kind', [
  /** One answer holds the whole window. */
  z.strictObject({ kind: z.literal('NONE') }),
  /** `{{page}}`, until a page is not full. */
  z.strictObject({ kind: z.literal('PAGE'), first: z.int().min(0).max(1).default(1), size: pageSize }),
  /** `{{offset}}`, until a page is not full. */
  z.strictObject({ kind: z.literal('OFFSET'), size: pageSize }),
  /** `{{cursor}}`, empty at first, until the answer names no next one. */
  z.strictObject({ kind: z.literal('CURSOR'), next: path }),
  /** `{{from}}` moves to the newest row, until a page is not full. Rows must come oldest first. */
  z.strictObject({ kind: z.literal('FORWARD'), size: pageSize }),
]);

const time = z
  .strictObject({
    format: z.enum(['ISO', 'LOCAL', 'EPOCH_S', 'EPOCH_MS', 'COMPACT']).default('ISO'),
    /** The zone of LOCAL and COMPACT times. */
    zone: z.string().default('UTC').refine(isTimeZone, 'is no IANA time zone'),
  })
  .prefault({});

/**
 * A provider in words: where to ask, how to page, and where in the answer things stand. Data through and through; what
 * it can do is only what is named here.
 */
export const httpDescriptionSchema = z
  .strictObject({
    url,
    headers: z
      .record(
        headerName.refine((name) => !forbiddenHeaders.test(name), 'is set by us'),
        template(500),
      )
      .default({}),
    /** Times in the request and in the answer. */
    time,
    /** The rows of the answer, and inside one of them: */
    rows: path,
    fields: z.strictObject({ time: path, value: path, id: path.optional(), unit: path.optional() }),
    paging: paging.default({ kind: 'NONE' }),
    devices: z.strictObject({ url, rows: path, id: path, name: path.optional() }).optional(),
  })
  .refine(
    ({ url: first, devices }) =>
      devices === undefined || new URL(bare(first)).origin === new URL(bare(devices.url)).origin,
    {
      path: ['devices', 'url'],
      message: 'must lead to the same host',
    },
  );

export type HttpDescription = z.output<typeof httpDescriptionSchema>;

function bare(text: string): string {
  const plain = text.replaceAll(/[{}]/g, '');
  return URL.canParse(plain) ? plain : 'http://invalid.example';
}
