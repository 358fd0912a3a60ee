import { describe, expect, it } from 'vitest';
import { createMetrics } from './create-metrics.ts';

describe('createMetrics', () => {
  it('exposes counters, gauges and durations in the Prometheus text format', async () => {
    const metrics = createMetrics({ process: 'gateway', hasProcessMetrics: false });
    metrics.count('cauce_requests_total', 'Requests', { kind: 'query' });
    metrics.count('cauce_requests_total', 'Requests', { kind: 'query' }, 2);
    metrics.gauge('cauce_open_streams', 'Streams', 7);
    metrics.observeSeconds('cauce_request_seconds', 'Duration', 0.02, { kind: 'query' });
    const text = await metrics.registry.metrics();
    expect(text).toContain('cauce_requests_total{kind="query",process="gateway"} 3');
    expect(text).toContain('cauce_open_streams{process="gateway"} 7');
    expect(text).toMatch(/cauce_request_seconds_bucket\{le="0.025",kind="query",process="gateway"\} 1/);
    expect(text).toMatch(/cauce_request_seconds_bucket\{le="0.01",kind="query",process="gateway"\} 0/);
  });

  it('shows the figures of the process itself', async () => {
    expect(await createMetrics({ process: 'worker' }).registry.metrics()).toContain('process_resident_memory_bytes');
  });

  it('reads a gauge when it is asked, and forgets what is not there any more', async () => {
    const metrics = createMetrics({ process: 'a', hasProcessMetrics: false });
    let readings = [
      { value: 2, labels: { state: 'idle' } },
      { value: 1, labels: { state: 'used' } },
    ];
    metrics.gaugeFrom('cauce_pool', 'Pool', ['state'], () => readings);
    expect(await metrics.registry.metrics()).toContain('cauce_pool{state="idle",process="a"} 2');
    readings = [{ value: 5, labels: { state: 'used' } }];
    const text = await metrics.registry.metrics();
    expect(text).toContain('cauce_pool{state="used",process="a"} 5');
    expect(text).not.toContain('idle');
  });

  it('measures with labels that were worked out once as with labels given each time', async () => {
    const metrics = createMetrics({ process: 'a', hasProcessMetrics: false });
    const observe = metrics.secondsOf('cauce_z_seconds', 'Z', { kind: 'query' });
    observe(0.02);
    metrics.observeSeconds('cauce_z_seconds', 'Z', 0.02, { kind: 'query' });
    expect(await metrics.registry.metrics()).toContain('cauce_z_seconds_count{kind="query",process="a"} 2');
  });

  it('keeps two processes in one test apart', async () => {
    const first = createMetrics({ process: 'a', hasProcessMetrics: false });
    const second = createMetrics({ process: 'b', hasProcessMetrics: false });
    first.count('cauce_x_total', 'X');
    expect(await second.registry.metrics()).not.toContain('cauce_x_total');
  });

  it('never throws at whoever measures: unknown labels are dropped, missing ones are empty', async () => {
    const metrics = createMetrics({ process: 'a', hasProcessMetrics: false });
    metrics.count('cauce_y_total', 'Y', { kind: 'a' });
    metrics.count('cauce_y_total', 'Y', { other: 'b' });
    metrics.count('cauce_y_total', 'Y', {}, -5);
    expect(await metrics.registry.metrics()).toContain('cauce_y_total{kind="",process="a"} 1');
  });
});
