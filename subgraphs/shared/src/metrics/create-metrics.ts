import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';
import { type Observe, TalliedHistogram } from './tallied-histogram.ts';

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
  const registers = [registry];

  const gauges = remember<(value: number) => void>((name, help, labelNames) => {
    const gauge = new Gauge({ name, help, labelNames, registers });
    return (labels) => (value) => gauge.set(labels, value);
  });
  const counters = remember<(by: number) => void>((name, help, labelNames) => {
    const series: { readonly labels: Labels; total: number }[] = [];
    new Counter({
      ...{ name, help, labelNames, registers },
      // Counted here and told when asked for: counting is then an addition.
      collect() {
        this.reset();
        for (const { labels, total } of series) this.inc(labels, total);
      },
    });
    return (labels) => {
      const one = { labels, total: 0 };
      series.push(one);
      return (by) => {
        one.total += by;
      };
    };
  });
  const histograms = remember<Observe>((name, help, labelNames) => {
    const histogram = new TalliedHistogram({ name, help, labelNames, registers, buckets: [...durationBuckets] });
    return (labels) => histogram.observerOf(labels);
  });

  return {
    registry,
    count: (name, help, labels = {}, by = 1) => {
      if (by >= 0) counters(name, help, labels)(by);
    },
    observeSeconds: (name, help, seconds, labels = {}) => histograms(name, help, labels)(seconds),
    secondsOf: histograms,
    countOf: (name, help, labels) => {
      const add = counters(name, help, labels);
      return () => add(1);
    },
    gaugeFrom: (name, help, labelNames, read) => {
      new Gauge({
        ...{ name, help, labelNames: [...labelNames], registers },
        collect() {
          this.reset();
          for (const { value, labels = {} } of read()) this.set(labels, value);
        },
      });
    },
    gauge: (name, help, value, labels = {}) => gauges(name, help, labels)(value),
  };
}

/** Makes each metric once, with the labels that it is first used with, and each of its series once. */
function remember<Write>(make: (name: string, help: string, labelNames: string[]) => (labels: Labels) => Write) {
  const known = new Map<string, (labels: Labels) => Write>();
  return (name: string, help: string, labels: Labels): Write => {
    let of = known.get(name);
    if (of === undefined) {
      const labelNames = Object.keys(labels);
      of = rememberSeries(labelNames, make(name, help, labelNames));
      known.set(name, of);
    }
    return of(labels);
  };
}

function rememberSeries<Write>(labelNames: readonly string[], make: (labels: Labels) => Write) {
  const series = new Map<string, Write>();
  return (labels: Labels): Write => {
    let key = '';
    for (const name of labelNames) key += `${labels[name] ?? ''}\n`;
    let write = series.get(key);
    if (write === undefined) {
      write = make(Object.fromEntries(labelNames.map((name) => [name, labels[name] ?? ''])));
      series.set(key, write);
    }
    return write;
  };
}
