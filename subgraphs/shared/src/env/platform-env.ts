import type { LogLevel } from '../log/create-log.ts';
import type { SubgraphName } from '../subgraph/subgraph.ts';

export interface Secrets {
  /** Signs access tokens. */
  readonly tokenSecret: string;
  /** Signs the internal token between gateway and subgraphs. */
  readonly internalSecret: string;
  /** Encrypts stored credentials: 32 bytes in base64. */
  readonly encryptionKey: string;
}

/** Everything a process of the platform learns from its environment. `null` means: use the embedded one. */
export interface PlatformEnv {
  readonly mode: 'demo' | 'production' | 'test';
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly mqttUrl: string | null;
  /** Subgraphs reached over HTTP; the others run in this process. */
  readonly subgraphUrls: Readonly<Partial<Record<SubgraphName, string>>>;
  /** The supergraph to serve, followed while it changes; null for the composed one that comes with the code. */
  readonly supergraphFile: string | null;
  /** The address that servers listen on: loopback unless said. */
  readonly host: string;
  /** Where a subgraph that runs alone listens. */
  readonly subgraphPort: number;
  readonly webPort: number;
  readonly gatewayPort: number;
  readonly mqttPort: number;
  readonly postgresPort: number;
  /** Absolute path. */
  readonly dataDir: string;
  /** Browsers on these origins may call the gateway. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: LogLevel;
  /** Where traces go: the base URL of an OTLP collector over HTTP, null for none; and the share of them, 0 to 1. */
  readonly tracing: { readonly endpoint: string | null; readonly ratio: number };
  /** An operation that takes longer than this many milliseconds is logged with its plan; 0 for none. */
  readonly slowOperationMs: number;
  /** The gateway's cache of what subgraphs declare: in its memory, and with `redis` shared by all gateways besides. */
  readonly cache: { readonly mode: 'off' | 'memory' | 'redis'; readonly maxBytes: number };
  /** Who plans operations: Apollo's planner, or Hive's with Apollo's for what that cannot. */
  readonly planner: 'apollo' | 'hive';
  /** How much live one gateway carries: connections, subscriptions of all and of one viewer. */
  readonly live: { readonly connections: number; readonly streams: number; readonly streamsPerViewer: number };
  /** How long the gateway waits for one answer of a subgraph that runs alone, in milliseconds. */
  readonly subgraphTimeoutMs: number;
  /** Outgoing webhooks and connectors may reach loopback and private addresses. */
  readonly isPrivateNetworkAllowed: boolean;
  /** `only`: the gateway answers documents that were registered, and nothing else. */
  readonly trustedDocuments: 'open' | 'only';
  readonly secrets: Secrets;
}

/** The environment cannot be used; `problems` are sentences for the person who started the process. */
export class EnvironmentProblem extends Error {
  override readonly name = 'EnvironmentProblem';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The environment cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}
