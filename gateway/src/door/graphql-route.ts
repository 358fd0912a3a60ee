import type { FastifyInstance } from 'fastify';
import { createEventStreamHandler, type EventStreamOptions } from '../live/sse-route.ts';
import type { ExplainAnswer } from './answer-extensions.ts';
import { answerFormat } from './answer-format.ts';
import { createHttpHandler } from './http-handler.ts';
import { unavailableMethods } from './unavailable-methods.ts';

export interface GraphqlRouteOptions extends EventStreamOptions {
  readonly path: string;
  readonly timeoutMs: number;
  /** Tells of an answer what only some may know. */
  readonly explain?: ExplainAnswer;
}

/** The GraphQL path over HTTP: JSON for operations that are answered once, event streams for any. */
export function registerGraphql(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const answerJson = createHttpHandler(options);
  const answerStream = createEventStreamHandler(options);
  app.route({
    url: options.path,
    method: ['GET', 'POST'],
    // Otherwise every GET would also run, unread, as a HEAD.
    exposeHeadRoute: false,
    handler(request, reply) {
      const format = answerFormat(request.headers.accept);
      return format === 'event-stream' ? answerStream(request, reply) : answerJson(request, reply, format);
    },
  });
  unavailableMethods(app, options.path, ['GET', 'POST']);
}
