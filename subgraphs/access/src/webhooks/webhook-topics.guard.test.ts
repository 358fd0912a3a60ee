import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { webhookTopics } from './webhook-topics.ts';

const subgraphs = join(import.meta.dirname, '../../..');
const publicTopic = /defineTopic<[\s\S]*?>\(\s*'([\w.]+)',\s*\{\s*isPublic: true/g;

it('webhooks can be had for exactly the topics that some subgraph publishes to partners', () => {
  const sources = globSync('*/src/**/*.ts', { cwd: subgraphs }).filter((path) => !path.includes('.test.'));
  const published = sources.flatMap((path) =>
    [...readFileSync(join(subgraphs, path), 'utf8').matchAll(publicTopic)].map(([, name]) => name),
  );
  expect(published.sort()).toEqual(webhookTopics.map(({ name }) => name).sort());
});
