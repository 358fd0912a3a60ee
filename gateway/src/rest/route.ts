import type { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Dataset } from './datasets/dataset.ts';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Everything that one address under `/api` does, said as data. */
export type Route = OperationRoute | DatasetRoute | UploadRoute | PlannedRoute | OwnRoute;

interface RouteBase {
  readonly method: RestMethod;
  /** As OpenAPI writes it: `/api/inventory/{id}`. */
  readonly path: string;
  readonly tag: string;
  /** One line for the reference. */
  readonly summary: string;
  readonly description?: string;
  /** Answered without a credential as well. */
  readonly isPublic?: boolean;
}

/** Answered by one operation on the graph, from the file of that name in `operations/`. */
export interface OperationRoute extends RouteBase {
  readonly kind: 'operation';
  readonly operation: string;
  /** What a parameter must keep beyond its type in the graph; by name. */
  readonly rules?: Readonly<Record<string, z.ZodType>>;
  /** The variable that the whole body goes to, whatever it holds; what else the operation takes is in the query. */
  readonly wholeBody?: string;
  /** Parameters that source systems send and nothing here needs, each with the reason. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** What is sent back; absent for an answer without a body. */
  readonly answer?: Answer;
  /** Default 200, or 204 without an answer. */
  readonly status?: 200 | 201 | 202;
  /** Where the answer holds the one thing asked for; null there is answered 404. */
  readonly one?: string;
  /** Status by failure type, where this route differs from the others. */
  readonly failures?: Readonly<Record<string, number>>;
  readonly paging?: Paging;
  /** A request body that works, for the reference. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** Numbered pages over a connection that is paged by cursor. */
export interface Paging {
  /** Where the connection stands in the answer. */
  readonly connection: string;
  /** The operation that reads cursors only, for walking to a later page. */
  readonly skip: string;
  /** The variable with the size of a page, which is also its parameter. */
  readonly size: string;
}

/** A table, in every format that tables come in. */
export interface DatasetRoute extends RouteBase {
  readonly kind: 'dataset';
  readonly method: 'GET';
  readonly dataset: Dataset;
}

/** Takes one file as `multipart/form-data`. */
export interface UploadRoute extends RouteBase {
  readonly kind: 'upload';
  readonly method: 'POST';
  readonly schema: z.ZodType;
  /** The operation file of each step. */
  readonly steps: Readonly<Record<UploadStep, string>>;
}

/** What is done with a file, one after the other. */
export type UploadStep = 'start' | 'state' | 'commit' | 'discard';

/** Promised and not offered yet: answered 501 with a sentence, so that nobody takes it for a wrong address. */
export interface PlannedRoute extends RouteBase {
  readonly kind: 'planned';
  readonly sentence: { readonly es: string; readonly en: string };
}

/** Answered by the gateway itself: health, figures, the reference. */
export interface OwnRoute extends RouteBase {
  readonly kind: 'own';
  /** Names its handler among those that the door is given. */
  readonly handler: string;
  readonly schema: z.ZodType;
}

/** What each failure type of the graph means over HTTP. */
export const failureStatuses: Readonly<Record<string, number>> = {
  NotFound: 404,
  Conflict: 409,
  ValidationFailed: 422,
  InvalidCredentials: 401,
  SessionEnded: 401,
  GrantExceedsOwn: 403,
  SlotUnavailable: 409,
  PatientAlreadyBooked: 409,
};

/** Names in a path's braces, in their order. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
