import type { Registry } from 'prom-client';

export interface GaugeReading {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Prometheus metrics of this process; one registry, made with the platform and never global. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts, creating the counter on first use. Label values must come from a small closed set. */
  count(name: string, help: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Observes a duration in seconds in a histogram. */
  observeSeconds(name: string, help: string, seconds: number, labels?: Readonly<Record<string, string>>): void;
  /** The same for one set of labels, worked out once, for what is measured at every request. */
  secondsOf(name: string, help: string, labels: Readonly<Record<string, string>>): (seconds: number) => void;
  /** Counts one for one set of labels, worked out once. */
  countOf(name: string, help: string, labels: Readonly<Record<string, string>>): () => void;
  /** A gauge that is read whenever the metrics are, and holds nothing in between. */
  gaugeFrom(name: string, help: string, labelNames: readonly string[], read: () => readonly GaugeReading[]): void;
  /** Sets a gauge. */
  gauge(name: string, help: string, value: number, labels?: Readonly<Record<string, string>>): void;
}
