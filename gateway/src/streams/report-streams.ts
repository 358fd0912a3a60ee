import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { StreamHub } from './stream-hub.ts';

/** Shows in the metrics how many streams all subscriptions share. */
export function reportStreams(hub: StreamHub, metrics: Metrics): void {
  metrics.gaugeFrom('cauce_live_upstreams', 'Streams open at subgraphs', [], () => [{ value: hub.counts.upstreams }]);
  metrics.gaugeFrom(
    'cauce_live_shared_streams',
    'Distinct subscriptions: the same operation, the same rights',
    [],
    () => [{ value: hub.counts.streams }],
  );
}
