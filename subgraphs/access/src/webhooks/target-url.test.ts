import { describe, expect, it } from 'vitest';
import { findUrlProblem } from './target-url.ts';

describe('the address of a webhook', () => {
  it.each([
    ['https://partner.example/hooks/cauce?v=1', null],
    ['https://partner.example:8443/x', null],
    ['http://partner.example/x', 'NOT_HTTPS'],
    ['ftp://partner.example/x', 'NOT_HTTPS'],
    ['javascript:alert(1)', 'NOT_HTTPS'],
    ['/relative', 'INVALID_FORMAT'],
    ['https://', 'INVALID_FORMAT'],
    ['https://user:pass@partner.example/', 'HAS_CREDENTIALS'],
    ['https://localhost/x', 'PRIVATE_ADDRESS'],
    ['https://db.internal/x', 'PRIVATE_ADDRESS'],
    ['https://printer.local./x', 'PRIVATE_ADDRESS'],
    ['https://127.0.0.1/x', 'PRIVATE_ADDRESS'],
    ['https://0x7f.1/x', 'PRIVATE_ADDRESS'],
    ['https://2130706433/x', 'PRIVATE_ADDRESS'],
    ['https://169.254.169.254/latest/meta-data', 'PRIVATE_ADDRESS'],
    ['https://[::1]/x', 'PRIVATE_ADDRESS'],
    ['https://[::ffff:10.0.0.1]/x', 'PRIVATE_ADDRESS'],
    [`https://partner.example/${'x'.repeat(2_000)}`, 'TOO_BIG'],
  ])('%s is judged %s', (url, code) => {
    expect(findUrlProblem(url, false)?.code ?? null).toBe(code);
  });

  it('may be private and plain where configuration allows it, and still holds no password', () => {
    expect(findUrlProblem('http://127.0.0.1:9000/hook', true)).toBeNull();
    expect(findUrlProblem('http://user@127.0.0.1/', true)?.code).toBe('HAS_CREDENTIALS');
  });
});
