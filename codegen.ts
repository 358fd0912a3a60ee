import { existsSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { parse, print } from 'graphql';

const supergraphPath = 'gateway/supergraph.graphql';

/**
 * Typed documents for the web app, from what the public graph offers. `CODEGEN_SCHEMA` points at another schema file
 * while a field is being designed.
 */
const config: CodegenConfig = {
  schema: publicSchema(),
  documents: 'web/**/*.graphql',
  generates: {
    'web/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        useTypeImports: true,
        importExtension: '.ts',
        enumsAsTypes: true,
        skipTypename: true,
        dedupeFragments: true,
        strictScalars: true,
        scalars: { DateTime: 'string', Date: 'string', Decimal: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;

function publicSchema(): string {
  const override = process.env.CODEGEN_SCHEMA;
  if (override !== undefined) return readFileSync(override, 'utf8');
  if (!existsSync(supergraphPath)) throw new Error(`${supergraphPath} is missing: compose the graph first`);
  return print(transformSupergraphToPublicSchema(parse(readFileSync(supergraphPath, 'utf8'))));
}
