import type { Registry } from 'prom-client';

/** Prometheus metrics of this process; one registry, made with the platform and never global. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts, creating the counter on first use. Label values must come from a small closed set. */
  count(name: string, help: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Observes a duration in seconds in a histogram. */
  observeSeconds(name: string, help: string, seconds: number, labels?: Readonly<Record<string, string>>): void;
  /** Sets a gauge. */
  gauge(name: string, help: string, value: number, labels?: Readonly<Record<string, string>>): void;
}
