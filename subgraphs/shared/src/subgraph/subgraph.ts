import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { HealthCheck } from '../health/health.ts';
import type { JobDefinition } from '../jobs/define-job.ts';
import type { RequestScope } from './request-scope.ts';

export const subgraphNames = [
  'access',
  'production',
  'inventory',
  'clinics',
  'telemetry',
  'finance',
  'assistant',
] as const;
export type SubgraphName = (typeof subgraphNames)[number];

export type Stop = () => Promise<void>;

/**
 * One domain as a value. The gateway reaches it in-process or over HTTP and cannot tell which; nothing happens on
 * import, and everything it started ends with the `Stop` it returned.
 */
export interface Subgraph {
  readonly name: SubgraphName;
  readonly schema: GraphQLSchema;
  /** Made once for each request and shared by all its fetches, so that loaders batch across them. */
  createContext(request: RequestScope): object;
  /** Work that runs in the background; registered with the job runner of whichever process works jobs. */
  readonly jobs: readonly JobDefinition[];
  /** Its own HTTP doors (webhooks in, device push), mounted under `/<name>`. */
  readonly routes?: (app: FastifyInstance) => void;
  readonly health?: readonly HealthCheck[];
  /** What it reads durably from the outbox: events stay until each of these has had them. */
  readonly outboxConsumers?: readonly { readonly name: string; readonly topics: readonly string[] }[];
  /** Long-lived work beside requests: broker clients, listeners. */
  start?(): Promise<Stop>;
}
