import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

const policy = contentSecurityPolicy('abc', 'https://graph.cauce.example:4000/graphql', false);

describe('the content security policy', () => {
  it('lets a page talk to itself and to the gateway, over HTTP and WebSocket, and to nobody else', () => {
    expect(policy).toContain("connect-src 'self' https://graph.cauce.example:4000 wss://graph.cauce.example:4000;");
  });
  it('runs no script and takes no style element without the nonce of this request', () => {
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("style-src-elem 'self' 'nonce-abc';");
    expect(policy).not.toContain('unsafe-eval');
  });
});
