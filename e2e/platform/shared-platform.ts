import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import type { PlatformDoors, TestPlatform } from './start-platform.ts';

/** What a scenario must know of the platform that the run's scenarios share: plain values, as they cross processes. */
export interface SharedPlatform extends Omit<PlatformDoors, 'pool' | 'subgraphUrl'> {
  readonly subgraphUrls: Readonly<Partial<Record<SubgraphName, string>>>;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly sharedPlatform: SharedPlatform;
  }
}

/**
 * The platform that scenarios share, for those that crash nothing, need no settings of their own and do not mind what
 * others wrote. Call it at the top of the file: `const platform = joinPlatform()`.
 */
export function joinPlatform(): PlatformDoors {
  const platform = openDoors(inject('sharedPlatform'));
  afterAll(() => platform.pool.end());
  return platform;
}

/** A platform that another process told of, with a pool to be ended. */
export function openDoors({ subgraphUrls, ...shared }: SharedPlatform): PlatformDoors {
  const pool = new pg.Pool({ connectionString: shared.databaseUrl, max: 4 });
  return { ...shared, pool, subgraphUrl: (name) => subgraphUrls[name] ?? null };
}

/** The platform in words that can be handed to another process. */
export function describePlatform(platform: TestPlatform, names: readonly SubgraphName[]): SharedPlatform {
  const { way, url, mqttUrl, webOrigin, databaseUrl, secrets, replicaEnv } = platform;
  const subgraphUrls = Object.fromEntries(
    names.flatMap((name) => {
      const at = platform.subgraphUrl(name);
      return at === null ? [] : [[name, at]];
    }),
  );
  return { way, url, mqttUrl, webOrigin, databaseUrl, secrets, replicaEnv, subgraphUrls };
}
