import { AppError } from '@cauce/shared/errors/app-error';
import type { SubgraphError } from '../transports/transport.ts';
import type { ResponsePath, Run } from './run.ts';

/** The paths at which the client is told of an error. */
export type PlaceError = (error: SubgraphError) => readonly ResponsePath[];

/** Passes a subgraph's own errors on: its words and code, the client's path, and which subgraph it was. */
export function addSubgraphErrors(
  run: Run,
  subgraph: string,
  errors: readonly SubgraphError[],
  place: PlaceError,
): void {
  for (const error of errors) {
    const extensions = { code: 'INTERNAL', ...error.extensions, subgraph };
    for (const path of place(error)) run.addError(error.message, path, extensions);
  }
}

/** Says that a subgraph gave no usable answer. What was expected of it stays null. */
export function addFetchFailure(run: Run, subgraph: string, cause: unknown, paths: readonly ResponsePath[]): void {
  const code = cause instanceof AppError ? cause.code : 'SUBGRAPH_UNAVAILABLE';
  const message =
    cause instanceof AppError ? cause.message : `The ${subgraph} subgraph cannot be reached; try again in a moment`;
  for (const path of paths) run.addError(message, path, { code, subgraph });
}

/** Why the work of a request was ended, as the error its client sees. */
export function abortFailure(signal: AbortSignal): AppError {
  const { reason } = signal;
  return reason instanceof AppError ? reason : new AppError('TIMEOUT', 'The request took too long', { cause: reason });
}
