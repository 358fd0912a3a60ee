import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** Upper bounds in seconds, from an in-process fetch to a slow outside system. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Labels = Readonly<Record<string, string>>;

/**
 * The Prometheus registry of one process, with the figures of the process itself (memory, event loop, garbage
 * collection). A measurement never throws: labels that a metric was not made with are left out.
 */
export function createMetrics(options: { readonly process: string; readonly hasProcessMetrics?: boolean }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process: options.process });
  if (options.hasProcessMetrics ?? true) collectDefaultMetrics({ register: registry });

  const counters = remember((name, help, labelNames) => new Counter({ name, help, labelNames, registers: [registry] }));
  const gauges = remember((name, help, labelNames) => new Gauge({ name, help, labelNames, registers: [registry] }));
  const histograms = remember(
    (name, help, labelNames) =>
      new Histogram({ name, help, labelNames, buckets: durationBuckets, registers: [registry] }),
  );

  return {
    registry,
    count: (name, help, labels = {}, by = 1) => {
      const { metric, pick } = counters(name, help, labels);
      if (by >= 0) metric.inc(pick(labels), by);
    },
    observeSeconds: (name, help, seconds, labels = {}) => {
      const { metric, pick } = histograms(name, help, labels);
      metric.observe(pick(labels), seconds);
    },
    gauge: (name, help, value, labels = {}) => {
      const { metric, pick } = gauges(name, help, labels);
      metric.set(pick(labels), value);
    },
  };
}

interface Remembered<Metric> {
  readonly metric: Metric;
  /** The labels the metric was made with; prom-client throws at any other. */
  pick(labels: Labels): Record<string, string>;
}

function remember<Metric>(make: (name: string, help: string, labelNames: string[]) => Metric) {
  const known = new Map<string, Remembered<Metric>>();
  return (name: string, help: string, labels: Labels): Remembered<Metric> => {
    const before = known.get(name);
    if (before) return before;
    const labelNames = Object.keys(labels);
    const made = {
      metric: make(name, help, labelNames),
      pick: (given: Labels) => Object.fromEntries(labelNames.map((label) => [label, given[label] ?? ''])),
    };
    known.set(name, made);
    return made;
  };
}
