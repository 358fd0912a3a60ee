import { describe, expect, it } from 'vitest';
import { findRedisServer } from './redis-server.ts';

/** Tests that need a real Redis: skipped with the reason where it is missing, a failure on the build server. */
export function describeWithRedis(name: string, tests: () => void): void {
  const isInstalled = findRedisServer() !== null;
  if (!isInstalled && process.env.CI === 'true') {
    it(`${name}: redis-server is installed`, () => {
      expect(isInstalled).toBe(true);
    });
    return;
  }
  describe.skipIf(!isInstalled)(isInstalled ? name : `${name} (skipped: redis-server is not installed)`, tests);
}
