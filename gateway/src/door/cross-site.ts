import { AppError } from '@cauce/shared/errors/app-error';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Headers that a page of another origin cannot set without asking first. */
const preflighted = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-api-key', 'authorization'];

/**
 * Refuses what a page of another origin can make a browser send without asking first. We take no cookies, so nobody's
 * rights could be abused; it still would be work done for a stranger through somebody's browser and network.
 *
 * A POST counts when its body is said to be JSON. A GET counts when it was made by `fetch`, whose answer the browser
 * keeps from other origins, or says that it reads JSON, which no link, form, image or script does.
 */
export function refuseCrossSite(method: string, headers: Headers, allowedOrigins: readonly string[]): void {
  if (method === 'POST') {
    if (isJson(headers['content-type'])) return;
    throw refusal('Send the operation as `content-type: application/json`');
  }
  if (preflighted.some((name) => headers[name] !== undefined)) return;
  const { origin } = headers;
  if (typeof origin === 'string' && !allowedOrigins.includes(origin)) throw refusal('This origin is not allowed here');
  const mode = headers['sec-fetch-mode'];
  if (mode === undefined ? /json|event-stream/.test(String(headers.accept)) : mode === 'cors' || mode === 'same-origin')
    return;
  throw refusal('A GET says that it reads JSON: `accept: application/graphql-response+json`');
}

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && /^application\/json\s*(?:;|$)/i.test(contentType);
}

function refusal(message: string): AppError {
  return new AppError('CSRF_PREVENTED', message);
}
