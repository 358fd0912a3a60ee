import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { failureAt, toFailures } from './failures.ts';

const error = new CombinedError({
  graphQLErrors: [
    { message: 'x', path: ['site', 'production'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', requestId: 'r1' } },
    { message: 'y', path: ['site', 'catchmentPoints', 3, 'latest'], extensions: { code: 'FORBIDDEN' } },
  ],
});

describe('failures', () => {
  it('gives a panel the failure of its own field and no other panel’s', () => {
    const failures = toFailures(error);
    expect(failureAt(failures, 'site.production')).toEqual({
      code: 'SUBGRAPH_UNAVAILABLE',
      requestId: 'r1',
      path: 'site.production',
    });
    expect(failureAt(failures, 'site.lowStockCount')).toBeNull();
  });
  it('finds a failure inside a list and one that took everything', () => {
    expect(failureAt(toFailures(error), 'site.catchmentPoints')?.code).toBe('FORBIDDEN');
    const unreachable = toFailures(new CombinedError({ networkError: new Error('offline') }));
    expect(failureAt(unreachable, 'site.production')?.code).toBe('NETWORK');
  });
  it('does not mistake a field whose name begins alike', () => {
    expect(failureAt(toFailures(error), 'site.productionPrevious')).toBeNull();
  });
});
