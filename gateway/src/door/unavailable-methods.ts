import { AppError } from '@cauce/shared/errors/app-error';
import type { FastifyInstance, HTTPMethods } from 'fastify';

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers methods that an address does not have with 405 and the ones it has. */
export function unavailableMethods(app: FastifyInstance, url: string, available: readonly HTTPMethods[]): void {
  app.route({
    url,
    method: methods.filter((method) => !available.includes(method)),
    exposeHeadRoute: false,
    handler(_request, reply) {
      reply.header('allow', available.join(', '));
      throw new AppError('METHOD_NOT_ALLOWED', `This address takes ${available.join(' and ')}`);
    },
  });
}
