import type { Clock } from '@cauce/shared/clock';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerFrom, valueAt } from './answer.ts';
import type { OperationEndpoint } from './catalogue.ts';
import { variablesFrom } from './read-input.ts';
import { Refusal, validationFailed } from './refusal.ts';
import type { RestRequest } from './rest-request.ts';
import type { RunOperation } from './run-operation.ts';
import { sendJson } from './send-json.ts';

export interface OperationHandlerDeps {
  readonly run: RunOperation;
  readonly clock: Clock;
}

/** How far numbered pages reach, in rows; behind that, cursors are the way. */
const deepestRow = 10_000;
const longestStep = 200;

/** Answers a request by its route's operation. */
export async function answerOperation(
  { route, operation, read, skip }: OperationEndpoint,
  { run, clock }: OperationHandlerDeps,
  open: RestRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const input = read({ path: objectOf(request.params), query: objectOf(request.query), body: request.body });
  const now = clock.now();
  const variables = variablesFrom(operation, input, now);
  const { paging, answer, one } = route;
  if (paging !== undefined && skip !== null) {
    const size = Number(input[paging.size]);
    const rowsBefore = (Number(input.page) - 1) * size;
    const after = await cursorAfter(rowsBefore, async (first, cursor) => {
      const data = await run(skip, { ...variables, [paging.size]: first, after: cursor }, open);
      return {
        end: valueAt(data, `${paging.connection}.pageInfo.endCursor`),
        hasNext: valueAt(data, `${paging.connection}.pageInfo.hasNextPage`) === true,
      };
    });
    if (after !== undefined) variables.after = after;
  }
  const data = await run(operation, variables, open, route.failures);
  if (one !== undefined && (valueAt(data, one) ?? null) === null) {
    throw nothingThere();
  }
  if (answer === undefined) return reply.status(204).header('cache-control', 'no-store').send();
  return sendJson(request, reply, route.status ?? 200, answerFrom(answer, { data, input, now }));
}

/** 404 for an id that is nobody's, or not within the asker's reach; nobody learns which. */
export function nothingThere(): Refusal {
  return new Refusal({ status: 404, code: 'NOT_FOUND', detail: 'There is nothing with this id within your reach' });
}

/** Fastify's parsed path and query string. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

interface Step {
  readonly end: unknown;
  readonly hasNext: boolean;
}

/** The cursor behind that many rows, or behind the last when there are fewer; undefined when there are none. */
async function cursorAfter(
  rows: number,
  read: (first: number, after: string | undefined) => Promise<Step>,
): Promise<string | undefined> {
  if (rows > deepestRow) {
    const message = `Numbered pages reach ${deepestRow} rows; take the rest from /api/data`;
    throw validationFailed([{ field: 'page', code: 'TOO_BIG', message }]);
  }
  let after: string | undefined;
  for (let left = rows; left > 0; ) {
    const first = Math.min(left, longestStep);
    const { end, hasNext } = await read(first, after);
    if (typeof end === 'string') after = end;
    if (!hasNext) return after;
    left -= first;
  }
  return after;
}
