import { type HealthAnswer, livenessAnswer, readinessAnswer } from '@cauce/shared/health/health-bodies';
import type { HealthRegistry } from '@cauce/shared/health/health-registry';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** `GET /healthz`, `/readyz` and `/metrics`: for orchestrators and Prometheus. */
export function registerHealth(app: FastifyInstance, health: HealthRegistry, metrics: Metrics): void {
  const send = (reply: FastifyReply, { httpStatus, body }: HealthAnswer) => reply.status(httpStatus).send(body);
  app.get('/healthz', (_request, reply) => send(reply, livenessAnswer()));
  app.get('/readyz', async (_request, reply) => send(reply, readinessAnswer(await health.report())));
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
