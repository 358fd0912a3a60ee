import { describe, expect, it } from 'vitest';
import { maskProviderText } from './provider-call.ts';

describe('what a provider said', () => {
  it('shows no part of a secret, wherever a long text is cut', () => {
    const secret = 'Zx81-Zx82-Zx83';
    for (let before = 180; before <= 200; before += 1) {
      const shown = maskProviderText(`${'-'.repeat(before)}${secret} y algo más`, [secret]);
      expect(shown.length).toBeLessThanOrEqual(200);
      expect(shown).not.toContain('Zx');
    }
  });
});
