import { type ErrorCode, errorCodes } from '@cauce/shared/errors/error-codes';
import type { FormattedExecutionResult } from 'graphql';
import type { AnswerFormat } from './answer-format.ts';

export type JsonFormat = Exclude<AnswerFormat, 'event-stream' | null>;

export const contentTypes: Readonly<Record<JsonFormat, string>> = {
  'graphql-response': 'application/graphql-response+json; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/**
 * The HTTP status of an answer. One with data is 200. One without has the status of its first error; but `json`, which
 * is the older agreement, says 400 only of requests that could not be read, and 200 of operations that are refused.
 */
export function statusOf({ data, errors }: FormattedExecutionResult, format: JsonFormat): number {
  if (data !== undefined || errors === undefined) return 200;
  const code = errors[0]?.extensions?.code;
  const status = typeof code === 'string' && isErrorCode(code) ? errorCodes[code] : 500;
  return status === 400 && format === 'json' ? 200 : status;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
