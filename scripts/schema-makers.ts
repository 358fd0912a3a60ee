import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import type { GraphQLSchema } from 'graphql';

/** Where each subgraph makes its schema, without needing a database or a broker. */
export const schemaMakers: Readonly<Record<SubgraphName, () => Promise<GraphQLSchema>>> = {
  access: async () => (await import('../subgraphs/access/src/schema.ts')).createAccessSchema(),
  production: async () => (await import('../subgraphs/production/src/schema.ts')).createProductionSchema(),
  inventory: async () => (await import('../subgraphs/inventory/src/schema.ts')).createInventorySchema(),
  clinics: async () => (await import('../subgraphs/clinics/src/schema.ts')).createClinicsSchema(),
  telemetry: async () => (await import('../subgraphs/telemetry/src/schema.ts')).createTelemetrySchema(),
  finance: async () => (await import('../subgraphs/finance/src/schema.ts')).createFinanceSchema(),
  assistant: async () => (await import('../subgraphs/assistant/src/schema.ts')).createAssistantSchema(),
};
