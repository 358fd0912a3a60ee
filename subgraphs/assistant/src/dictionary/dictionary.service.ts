import type { Permission } from '@cauce/shared/auth/permissions';
import { can, type Viewer } from '@cauce/shared/auth/viewer';
import DataLoader from 'dataloader';
import type { Dataset } from './dataset.ts';
import { allDatasets } from './datasets.ts';
import type { createFreshnessStore } from './freshness.store.ts';
import type { Metric } from './metric.ts';
import { allMetrics } from './metrics.ts';

/** What one viewer may ask about. */
export interface Dictionary {
  datasets(): readonly Dataset[];
  metrics(): readonly Metric[];
  /** Metrics by their names, without those that the viewer may not read. */
  metricsNamed(names: readonly string[]): readonly Metric[];
  datasetsNamed(names: readonly string[]): readonly Dataset[];
  /** When something of a dataset last changed within reach; null when nothing did lately. */
  changedAt(dataset: Dataset): Promise<Date | null>;
}

/** The committed definitions, kept to what the viewer's permissions open. */
export function createDictionary(freshness: ReturnType<typeof createFreshnessStore>, viewer: Viewer): Dictionary {
  const isOpen = ({ permission }: { readonly permission: Permission | null }) =>
    permission === null || can(viewer, permission);
  const lastChange = new DataLoader<string, Date | null>(async (topics) => {
    const found = new Map((await freshness.lastChanges(topics)).map(({ topic, changedAt }) => [topic, changedAt]));
    return topics.map((topic) => found.get(topic) ?? null);
  });
  return {
    datasets: () => allDatasets.filter(isOpen),
    metrics: () => allMetrics.filter(isOpen),
    metricsNamed: (names) => allMetrics.filter((metric) => isOpen(metric) && names.includes(metric.name)),
    datasetsNamed: (names) => allDatasets.filter((dataset) => isOpen(dataset) && names.includes(dataset.name)),
    async changedAt({ freshness: { topics } }) {
      const changes = await Promise.all(topics.map((topic) => lastChange.load(topic)));
      return changes.reduce(
        (last, change) => (change !== null && (last === null || change > last) ? change : last),
        null,
      );
    },
  };
}
