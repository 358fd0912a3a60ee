import { writeDeveloperDocs } from './developer-docs.ts';
import { isFresh, markFresh } from './freshness.ts';
import { run, runNode } from './run.ts';

const stamps = 'node_modules/.cauce-generated';
const clientInputs = ['prisma/schema', 'prisma/generate.ts', 'prisma/package.json'];
const documentInputs = [
  'gateway/supergraph.graphql',
  'codegen.ts',
  'web/features',
  'web/app',
  'web/shell',
  'web/graphql',
  'web/session',
  'web/server',
  'docs/samples',
  'docs/schema-changelog.md',
  'scripts/developer-docs.ts',
];

/** Makes the Prisma client, which every backend file imports, unless it is fresh. */
export async function generateClient(): Promise<boolean> {
  if (isFresh(`${stamps}/client`, 'prisma/client/client.ts', clientInputs)) return false;
  await runNode('prisma/generate.ts');
  markFresh(`${stamps}/client`, clientInputs);
  return true;
}

/** Makes the web app's typed documents and their manifest from the committed supergraph, unless they are fresh. */
export async function generateDocuments(): Promise<boolean> {
  if (isFresh(`${stamps}/documents`, 'web/graphql/generated', documentInputs)) return false;
  await run('graphql-codegen', ['--config', 'codegen.ts']);
  await runNode('web/graphql/print-documents.ts', ['gateway/trusted-documents.json']);
  writeDeveloperDocs();
  markFresh(`${stamps}/documents`, documentInputs);
  return true;
}

/** Prints each subgraph's SDL and composes the supergraph: the committed files that reviews and clients read. */
export async function generateSchemas(): Promise<void> {
  await runNode('scripts/print-schemas.ts');
}

if (import.meta.main) {
  await generateClient();
  await generateSchemas();
  await generateDocuments();
}
