import { globSync, readFileSync } from 'node:fs';
import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { allExamples } from '../examples/examples.ts';
import { allDatasets } from './datasets.ts';
import { metricHash } from './metric.ts';
import { allMetrics } from './metrics.ts';
import { publishedMetrics } from './published-metrics.ts';
import type { Text } from './text.ts';

/** Fields of every type of the graph, gathered from what the subgraphs print of themselves. */
const graph = new Map<string, Map<string, FieldDefinitionNode>>();
for (const name of subgraphNames) {
  const sdl = readFileSync(new URL(`../../../${name}/schema.graphql`, import.meta.url), 'utf8');
  for (const definition of parse(sdl).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const fields = graph.get(definition.name.value) ?? new Map();
    for (const field of definition.fields ?? []) fields.set(field.name.value, field);
    graph.set(definition.name.value, fields);
  }
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** The type at the end of a path from the root; null when the graph has no such path. */
function typeAt(path: string): string | null {
  return path.split('.').reduce<string | null>((type, step) => {
    const field = type === null ? undefined : graph.get(type)?.get(step);
    return field === undefined ? null : nameOf(field.type);
  }, 'Query');
}

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);
const isWorded = ({ es, en }: Text) => es.trim() !== '' && en.trim() !== '';

describe('datasets', () => {
  it('speak of types and fields that the graph has', () => {
    const missing = allDatasets.flatMap(({ graphType, graphQuery, fields }) => [
      ...(typeAt(graphQuery) === null ? [graphQuery] : []),
      ...fields.filter(({ name }) => !graph.get(graphType)?.has(name)).map(({ name }) => `${graphType}.${name}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('are kept fresh by events that their owner announces', () => {
    const silent = allDatasets.flatMap(({ owner, freshness }) => {
      const sources = globSync('src/**/*.ts', { cwd: new URL(`../../../${owner}/`, import.meta.url) })
        .filter((path) => !path.endsWith('.test.ts'))
        .map((path) => readFileSync(new URL(`../../../${owner}/${path}`, import.meta.url), 'utf8'));
      return freshness.topics.filter((topic) => !sources.some((source) => source.includes(`'${topic}'`)));
    });
    expect(silent).toEqual([]);
  });

  it('have names of their own, and say in both languages what they and their fields mean', () => {
    expect(repeated(allDatasets.map(({ name }) => name))).toEqual([]);
    for (const dataset of allDatasets) {
      expect(repeated(dataset.fields.map(({ name }) => name)), dataset.name).toEqual([]);
      const texts = [dataset.title, dataset.meaning, dataset.freshness.rule, ...dataset.rules];
      expect([...texts, ...dataset.fields.map(({ meaning }) => meaning)].every(isWorded), dataset.name).toBe(true);
    }
  });

  it('never let a question reach who a patient is or what was written to one', () => {
    const personal = /patient|document|phone|email|message|conversation/i;
    const clinical = allDatasets.filter(({ owner }) => owner === 'clinics');
    expect(clinical.length).toBeGreaterThan(0);
    expect(
      clinical.flatMap(({ fields }) => fields.map(({ name }) => name)).filter((name) => personal.test(name)),
    ).toEqual([]);
  });
});

describe('governed metrics', () => {
  it('are answered by fields that the graph has', () => {
    expect(allMetrics.filter(({ answeredBy }) => typeAt(answeredBy) === null).map(({ name }) => name)).toEqual([]);
  });

  it('are named for their owner, once, and made from datasets that exist', () => {
    expect(repeated(allMetrics.map(({ name }) => name))).toEqual([]);
    const known = new Set(allDatasets.map(({ name }) => name));
    for (const { name, owner, datasets, title, definition, formula } of allMetrics) {
      expect(name.startsWith(`${owner}.`), name).toBe(true);
      expect(datasets.length, name).toBeGreaterThan(0);
      expect(
        datasets.every((dataset) => known.has(dataset)),
        name,
      ).toBe(true);
      expect([title, definition, formula].every(isWorded), name).toBe(true);
    }
  });

  it('change their meaning only with a new version', () => {
    const current = Object.fromEntries(
      allMetrics.map((metric) => [`${metric.name}@${metric.version}`, metricHash(metric)]),
    );
    expect(publishedMetrics).toMatchObject(current);
    const reworded = { ...allMetrics[0], title: { es: 'Otro', en: 'Other' } };
    const redefined = { ...allMetrics[0], additivity: 'NONE' as const };
    const [first] = allMetrics;
    if (first === undefined) throw new Error('There are no metrics');
    expect(metricHash({ ...first, ...reworded })).toBe(metricHash(first));
    expect(metricHash({ ...first, ...redefined })).not.toBe(metricHash(first));
  });
});

describe('examples', () => {
  it('are answered by metrics that exist', () => {
    const known = new Set(allMetrics.map(({ name }) => name));
    expect(allExamples.flatMap(({ metrics }) => metrics).filter((name) => !known.has(name))).toEqual([]);
    expect(allExamples.every(({ metrics, question }) => metrics.length > 0 && isWorded(question))).toBe(true);
  });
});
