import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Sends a body as JSON. What was read with GET carries an ETag of its bytes, and is answered 304 to whoever holds it
 * already; only the asker may keep it, and asks again before using it.
 */
export function sendJson(request: FastifyRequest, reply: FastifyReply, status: number, body: unknown): FastifyReply {
  const text = JSON.stringify(body);
  reply.status(status).type('application/json; charset=utf-8');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return reply.header('cache-control', 'no-store').send(text);
  if (status === 200) {
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    vary(reply, ['Accept', 'Authorization', 'X-Api-Key']);
    if (holds(request.headers['if-none-match'], tag)) return reply.status(304).send();
  }
  return reply.send(text);
}

/** Adds request headers that the answer depends on. */
export function vary(reply: FastifyReply, names: readonly string[]): void {
  const before = reply.getHeader('vary');
  const present = before === undefined ? [] : String(before).split(', ');
  reply.header('vary', [...new Set([...present, ...names])].join(', '));
}

function holds(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}
