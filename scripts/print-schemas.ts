import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SubgraphName, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { execute, parse } from 'graphql';
import { composeSupergraph } from '../gateway/src/compose.ts';
import { createApolloPlanner } from '../gateway/src/plan/apollo-planner.ts';
import { createCatalogue } from '../gateway/src/rest/catalogue.ts';
import { createOpenApi } from '../gateway/src/rest/openapi/document.ts';
import { root } from './run.ts';
import { schemaMakers } from './schema-makers.ts';

/** The SDL that a subgraph offers to composition, as its `_service` field tells it. */
async function sdlOf(name: SubgraphName): Promise<string> {
  const result = await execute({ schema: await schemaMakers[name](), document: parse('{ _service { sdl } }') });
  const service = result.data?._service;
  if (typeof service !== 'object' || service === null || !('sdl' in service)) {
    throw new Error(`${name} does not print its schema: ${result.errors?.[0]?.message ?? 'no answer'}`);
  }
  return `${String(service.sdl).trim()}\n`;
}

const isCheck = process.argv.includes('--check');
const stale: string[] = [];

function keep(path: string, text: string): void {
  const file = join(root, path);
  if (!isCheck) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) stale.push(path);
}

const sdls: { name: SubgraphName; sdl: string }[] = [];
for (const name of subgraphNames) sdls.push({ name, sdl: await sdlOf(name) });
for (const { name, sdl } of sdls) keep(`subgraphs/${name}/schema.graphql`, sdl);
const supergraph = composeSupergraph(sdls);
keep('gateway/supergraph.graphql', supergraph);
const catalogue = createCatalogue(createApolloPlanner(supergraph).schema);
keep('gateway/openapi.json', `${JSON.stringify(createOpenApi(catalogue, '0.1.0'), null, 2)}\n`);
if (stale.length > 0) {
  console.error(`Not what the code makes: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exit(1);
}
