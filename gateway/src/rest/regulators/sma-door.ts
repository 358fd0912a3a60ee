import { readFileSync } from 'node:fs';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AdmitOperation } from '../../door/admit-operation.ts';
import { createRequestScope, requestIdFrom } from '../../door/request-scope.ts';
import type { FederatedGraph } from '../../graph/federated-graph.ts';
import { problemFrom } from '../problem.ts';
import { Refusal } from '../refusal.ts';
import { type RestOperation, readOperation } from '../rest-operation.ts';
import type { RestRequest } from '../rest-request.ts';
import { createRunOperation } from '../run-operation.ts';

export interface SmaDoorOptions {
  readonly graph: FederatedGraph;
  readonly admit: AdmitOperation;
  readonly log: Log;
  readonly timeoutMs: number;
}

/**
 * What Chile's environment authority reads of a holder by itself: a sign-in for a day and a device's history by dates,
 * in the words and shapes of its own API. It has tokens of its own, so nobody of ours is behind these requests.
 */
export async function registerSmaDoor(app: FastifyInstance, options: SmaDoorOptions): Promise<void> {
  const { graph, log } = options;
  const run = createRunOperation(graph, options.admit);
  const read = () => ({ signIn: operation(graph, 'sign-in'), history: operation(graph, 'history') });
  let operations = read();
  graph.onReload(() => {
    try {
      operations = read();
    } catch (error) {
      log.error({ err: error }, 'The SMA’s door does not fit the new supergraph');
    }
  });
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        reply
          .header('x-request-id', requestIdFrom(request.headers['x-request-id']))
          .header('cache-control', 'no-store');
      });
      scope.setErrorHandler((error, request, reply) => sendRefusal(error, request, reply, log));
      scope.post('/auth', async (request, reply) => {
        const { usuario: username, password } = given(accountSchema, request.body);
        const { signInRegulator } = await run(
          operations.signIn,
          { username, password },
          openFor(request, reply, options),
        );
        const session = sessionSchema.safeParse(signInRegulator);
        if (session.success) return { token: session.data.token };
        throw new Refusal({ status: 401, code: 'UNAUTHENTICATED', detail: 'Credenciales inválidas' });
      });
      scope.get('/dispositivos/:dispositivoId/registros', async (request, reply) => {
        const token = /^Bearer ([\w.-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
        if (token === undefined) throw new Refusal({ status: 401, code: 'UNAUTHENTICATED', detail: 'Falta el token' });
        const { dispositivoId } = given(deviceSchema, request.params);
        const { fechaInicio: from, fechaFin: to, limite, cursor } = given(querySchema, request.query);
        const variables = { token, deviceId: dispositivoId, from, to, limit: limite, after: cursor ?? null };
        const { regulatorHistory } = await run(operations.history, variables, openFor(request, reply, options));
        const page = pageSchema.safeParse(regulatorHistory);
        if (!page.success) throw new Refusal({ status: 404, code: 'NOT_FOUND', detail: 'Dispositivo no registrado' });
        const { entries, endCursor, hasNextPage } = page.data;
        if (hasNextPage && endCursor !== null)
          reply.header('link', `<${nextPage(request.url, endCursor)}>; rel="next"`);
        return entries.map(({ at, parameters }) => ({
          dispositivoId,
          parametros: parameters.map(({ name, value, unit }) => ({
            ...{ nombre: name, valor: value, unidad: unit, estampaTiempo: at },
          })),
        }));
      });
    },
    { prefix: '/sma/api/v1' },
  );
}

const accountSchema = z.object({ usuario: z.string().min(1).max(100), password: z.string().min(1).max(200) });
const deviceSchema = z.object({ dispositivoId: z.string().min(1).max(200) });
const querySchema = z.object({
  fechaInicio: z.string(),
  fechaFin: z.string(),
  limite: z.coerce.number().int().min(1).max(200).default(200),
  cursor: z.string().max(500).optional(),
});
const sessionSchema = z.object({ token: z.string() });
const pageSchema = z.object({
  entries: z.array(
    z.object({
      at: z.string(),
      parameters: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string() })),
    }),
  ),
  endCursor: z.string().nullable(),
  hasNextPage: z.boolean(),
});

function operation(graph: FederatedGraph, name: string): RestOperation {
  return readOperation(name, readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'), graph.apiSchema);
}

function given<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map(({ path }) => path.join('.')))].join(', ');
  throw new Refusal({ status: 400, code: 'BAD_USER_INPUT', detail: `Falta o no es válido: ${fields || 'el cuerpo'}` });
}

function openFor(request: FastifyRequest, reply: FastifyReply, { timeoutMs }: SmaDoorOptions): RestRequest {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const requestId = requestIdFrom(reply.getHeader('x-request-id'));
  const viewer = anonymousViewer;
  return {
    ...{ viewer, requestId, gone: gone.signal },
    charged: () => {},
    scope: async () => {
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]);
      return createRequestScope({ viewer, requestId, address: request.ip, signal });
    },
  };
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url, 'http://door.example');
  next.searchParams.set('cursor', cursor);
  return `${next.pathname}${next.search}`;
}

/** `{ mensaje }` is the shape of its own refusals; what the platform says in English is behind the status. */
function sendRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const requestId = requestIdFrom(reply.getHeader('x-request-id'));
  const [path = ''] = request.url.split('?', 1);
  const { status, headers, body } = problemFrom(error, requestId, path);
  if (status >= 500) log.error({ err: error, requestId, path }, 'a request of the SMA failed');
  const mensaje =
    error instanceof Refusal && error.cause === undefined ? body.detail : (messages[status] ?? 'No es posible');
  return reply.status(status).headers(headers).send({ mensaje });
}

const messages: Readonly<Record<number, string>> = {
  400: 'La consulta no es válida: fechas AAAA-MM-DD, a lo más un año',
  401: 'Token inválido o expirado',
  404: 'No existe',
  413: 'El cuerpo es demasiado grande',
  415: 'El cuerpo debe ser JSON',
  429: 'Demasiadas consultas; intente más tarde',
  500: 'Error interno',
  503: 'Servicio no disponible',
};
