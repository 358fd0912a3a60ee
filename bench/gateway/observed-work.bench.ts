import { createObserver } from '@cauce/gateway/observe/create-observer';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { createCatalogSchemas } from './catalog.ts';
import { measureInTurns } from './measure.ts';
import { createOurs, type Rival } from './rivals.ts';

/**
 * What looking at the gateway costs while tracing is off: CPU time of one operation with all metrics and the log of
 * slow operations, against the same operation without.
 *
 *   node bench/gateway/observed-work.bench.ts [milliseconds per round]
 */
const roundMs = Number(process.argv[2] ?? 250);

for (const products of [20, 200]) {
  const schemas = createCatalogSchemas(null);
  const observer = createObserver({
    deps: { log: silentLog, metrics: createMetrics({ process: 'bench' }), tracing: null },
    slowOperationMs: 1_000,
    operationNames: new Set(['Catalog']),
  });
  const variables = { first: products };
  const contestant = ({ canned, run }: Rival) => ({
    prepare: (count: number) => canned.readAhead(count),
    run: () => run(variables),
  });
  const bare = createOurs(schemas);
  const observed = createOurs(schemas, observer);
  for (const rival of [bare, observed]) await rival.run(variables);
  const [bareUs = 0, observedUs = 0] = await measureInTurns([contestant(bare), contestant(observed)], roundMs);
  console.log(
    `${String(products).padStart(5)} products   bare ${bareUs.toFixed(1)} µs   observed ${observedUs.toFixed(1)} µs   ratio ${(observedUs / bareUs).toFixed(3)}`,
  );
}
