import { type Exchange, mapExchange } from '@urql/core';
import { type Failure, toFailures } from './failures.ts';

/** What is known about the last answer to one operation, beside its data. */
export interface AnswerNote {
  readonly failures: readonly Failure[];
  readonly answeredAtMs: number;
}

export interface PartialResults {
  readonly exchange: Exchange;
  readonly noteOf: (operationKey: number | undefined) => AnswerNote | null;
}

/**
 * Lets the part of an answer that did come reach the cache as it is, with its nulls, and keeps the failures beside it.
 * Without this the cache takes a failed field for one it never asked for, and every live event that touches the same
 * page would ask the whole query again while one subgraph is down.
 */
export function createPartialResults(now: () => number): PartialResults {
  const notes = new Map<number, AnswerNote>();
  return {
    noteOf: (operationKey) => (operationKey === undefined ? null : (notes.get(operationKey) ?? null)),
    exchange: mapExchange({
      onResult: (result) => {
        if (result.operation.kind !== 'query') return result;
        notes.set(result.operation.key, { failures: toFailures(result.error), answeredAtMs: now() });
        const isPartial = result.data !== null && result.data !== undefined && result.error?.networkError === undefined;
        if (!isPartial) return result;
        const { error: _, ...answered } = result;
        return answered;
      },
    }),
  };
}
