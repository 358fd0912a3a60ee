import type { PrismaClient } from '@cauce/prisma/client';
import type { Log } from '@cauce/shared/log/log';
import type { Dataset } from './dataset.ts';
import { type Metric, metricHash } from './metric.ts';

/**
 * Writes the definitions to the database, where answers point at the version of a metric that they used. Safe to run
 * in every process at once: a version is written once and never changed. A definition that was changed without a new
 * version is not written over; it is reported, and its answers go on pointing at what was published.
 */
export async function publishDefinitions(
  client: PrismaClient,
  log: Log,
  { datasets, metrics }: { readonly datasets: readonly Dataset[]; readonly metrics: readonly Metric[] },
): Promise<void> {
  await client.metricVersion.createMany({
    data: metrics.map((metric) => ({
      name: metric.name,
      version: metric.version,
      definition: JSON.parse(JSON.stringify(metric)),
      hash: metricHash(metric),
    })),
    skipDuplicates: true,
  });
  const published = await client.metricVersion.findMany({ select: { name: true, version: true, hash: true } });
  const hashes = new Map(published.map(({ name, version, hash }) => [`${name}@${version}`, hash]));
  for (const metric of metrics) {
    if (hashes.get(`${metric.name}@${metric.version}`) !== metricHash(metric)) {
      log.error({ metric: metric.name, version: metric.version }, 'A metric changed its meaning and not its version');
    }
  }
  for (const dataset of datasets) await publishDataset(client, dataset);
}

/** The dictionary is as it is now: a field that is gone is gone. */
async function publishDataset(client: PrismaClient, dataset: Dataset): Promise<void> {
  const values = {
    subgraph: dataset.owner,
    descriptionEs: dataset.meaning.es,
    descriptionEn: dataset.meaning.en,
    permission: dataset.permission ?? '',
    rules: dataset.rules.map(({ es, en }) => ({ es, en })),
  };
  await client.$transaction(async (tx) => {
    // One process at a time for each dataset, so that two that start together do not undo each other's fields.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`assistant.dataset:${dataset.name}`}, 0))`;
    const { id: datasetId } = await tx.dataset.upsert({
      where: { name: dataset.name },
      create: { name: dataset.name, ...values },
      update: values,
    });
    await tx.datasetColumn.deleteMany({ where: { datasetId } });
    await tx.datasetColumn.createMany({
      data: dataset.fields.map(({ name, kind, unit, meaning, synonyms }, position) => ({
        datasetId,
        name,
        position,
        type: kind,
        unit,
        descriptionEs: meaning.es,
        descriptionEn: meaning.en,
        synonyms: [...synonyms],
      })),
    });
  });
}
