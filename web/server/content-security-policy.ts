/**
 * What a page may load: itself, and the gateway for data. Scripts and style elements carry the request's nonce; style
 * attributes are allowed because charts and virtual rows place themselves with them.
 */
export function contentSecurityPolicy(nonce: string, gatewayUrl: string, isDevelopment: boolean): string {
  const gateway = new URL(gatewayUrl).origin;
  const socket = gateway.replace(/^http/, 'ws');
  const directives: Readonly<Record<string, string>> = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'style-src-elem': isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': `'self' ${gateway} ${socket}`,
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
