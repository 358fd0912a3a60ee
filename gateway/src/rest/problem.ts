import { STATUS_CODES } from 'node:http';
import { AppError } from '@cauce/shared/errors/app-error';
import { errorCodes } from '@cauce/shared/errors/error-codes';
import { z } from 'zod';
import { asAppError } from '../door/http-errors.ts';
import { Refusal, restCodes } from './refusal.ts';

/** The body of every refusal, as RFC 9457 orders, with our code and the request id. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Names the kind of problem; the code behind `urn:cauce:problem:`.' }),
    title: z.string().meta({ description: 'The status in words.' }),
    status: z.int().meta({ description: 'The HTTP status again.' }),
    detail: z.string().meta({ description: 'What happened, in English, for developers.' }),
    instance: z.string().meta({ description: 'The address that was asked for, without its query.' }),
    code: z.string().meta({ description: 'A stable code to act on.' }),
    requestId: z.string().meta({ description: 'Finds this request in our logs; also in `X-Request-Id`.' }),
    reason: z.string().optional().meta({ description: 'A finer code of an expected failure.' }),
    errors: z
      .array(
        z.object({
          field: z.string().meta({ description: 'The parameter that is wrong.' }),
          code: z.string().meta({ description: 'The rule it breaks.' }),
          message: z.string().meta({ description: 'The rule in words.' }),
        }),
      )
      .optional()
      .meta({ description: 'Every wrong parameter, when the input is at fault.' }),
  })
  .meta({ description: 'A refusal, as application/problem+json (RFC 9457).' });

export type Problem = z.output<typeof problemSchema>;

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

export const problemType = 'application/problem+json; charset=utf-8';

/** A failure as it leaves: one of the documented codes, no stack, and nothing of an unexpected failure's own words. */
export function problemFrom(error: unknown, requestId: string, instance: string): ProblemAnswer {
  const refusal = asRefusal(error);
  const { status, code, reason, fields, message } = refusal;
  return {
    status,
    headers: { ...(status === 401 ? { 'www-authenticate': 'Bearer realm="cauce"' } : {}), ...refusal.headers },
    body: {
      type: `urn:cauce:problem:${code}`,
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail: code === 'INTERNAL' ? 'Something went wrong on our side' : message,
      instance,
      code,
      requestId,
      ...(reason === null ? {} : { reason }),
      ...(fields.length === 0 ? {} : { errors: [...fields] }),
    },
  };
}

/** The HTTP status of a code; 500 for what is no code. */
export function statusOf(code: string): number {
  const all: Readonly<Record<string, number>> = { ...errorCodes, ...restCodes };
  return all[code] ?? 500;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, message, detail } = error instanceof AppError ? error : asAppError(error);
  const { retryAfterSeconds } = detail;
  return new Refusal({
    status: statusOf(code),
    code,
    detail: message,
    cause: error,
    ...(typeof retryAfterSeconds === 'number' ? { headers: { 'retry-after': String(retryAfterSeconds) } } : {}),
  });
}
