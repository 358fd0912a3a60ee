import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import type { Clock } from '@cauce/shared/clock';
import { apiHealthAnswer } from '@cauce/shared/health/health-bodies';
import type { HealthRegistry } from '@cauce/shared/health/health-registry';
import { valueAt } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import type { RequestCounts } from './request-counts.ts';
import type { RestRequest } from './rest-request.ts';
import type { RunOperation } from './run-operation.ts';

export interface OwnContext {
  readonly open: RestRequest;
  readonly run: RunOperation;
  readonly catalogue: Catalogue;
  readonly openApi: unknown;
}

export interface OwnAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type OwnHandler = (context: OwnContext) => Promise<OwnAnswer>;
export type OwnHandlers = Readonly<Record<string, OwnHandler>>;

export interface OwnHandlerDeps {
  readonly health: HealthRegistry;
  readonly clock: Clock;
  readonly version: string;
  /** Where the process keeps files; its disk is the one that is measured. */
  readonly dataDir: string;
  readonly counts: RequestCounts;
  readonly liveConnections: () => number;
}

/** What the gateway answers without the graph, or with the graph as one part among others. */
export function createOwnHandlers(deps: OwnHandlerDeps): OwnHandlers {
  const { health, clock, version, counts } = deps;
  const healthBody = async () =>
    apiHealthAnswer(await health.report(), {
      version,
      uptimeSeconds: process.uptime(),
      memoryUsedBytes: process.memoryUsage.rss(),
      memoryTotalBytes: totalmem(),
    });
  return {
    async health() {
      const { httpStatus, body } = await healthBody();
      return { status: httpStatus, body };
    },
    async healthDetailed({ open, run, catalogue }) {
      const [{ httpStatus, body }, figures] = await Promise.all([healthBody(), clinicFigures(open, run, catalogue)]);
      const metrics = { ...figures, uptime_seconds: Math.floor(process.uptime()) };
      return { status: httpStatus, body: { ...body, metrics } };
    },
    async metrics() {
      const { total, failed } = counts.read();
      return {
        status: 200,
        body: {
          timestamp: clock.now().toISOString(),
          cpu_usage: percent((loadavg()[0] ?? 0) / availableParallelism()),
          memory_usage: percent(1 - freemem() / totalmem()),
          disk_usage: await diskUsage(deps.dataDir),
          active_sessions: deps.liveConnections(),
          total_requests: total,
          error_rate: total === 0 ? 0 : percent(failed / total),
        },
      };
    },
    async openApi({ openApi }) {
      return { status: 200, body: openApi };
    },
    async datasets({ catalogue }) {
      const data = catalogue.endpoints.flatMap((endpoint) => {
        if (!('columns' in endpoint)) return [];
        const { route, columns, parameters } = endpoint;
        // Not again under its other names.
        if (!route.path.endsWith(`/${route.dataset.name}`)) return [];
        return [
          {
            name: route.dataset.name,
            title: route.dataset.title,
            href: route.path,
            columns: columns.map(({ name, kind, description }) => ({ name, kind, description })),
            parameters: parameters.map(({ name, isRequired }) => ({ name, isRequired })),
          },
        ];
      });
      return { status: 200, body: { data } };
    },
  };
}

/** The clinics' figures as far as the asker sees clinics; null for everybody else, whom health does not concern less. */
async function clinicFigures(open: RestRequest, run: RunOperation, { operations }: Catalogue) {
  const none = { total_conversaciones_activas: null, total_citas_hoy: null };
  const { viewer } = open;
  const operation = operations.get('clinic-figures');
  if (operation === undefined || viewer.kind === 'anonymous' || !viewer.permissions.includes('clinics:read'))
    return none;
  try {
    const stats = 'clinics.edges.node.stats';
    const data = await run(operation, {}, open);
    return {
      total_conversaciones_activas: sum(valueAt(data, `${stats}.conversationsOpen`)),
      total_citas_hoy: sum(valueAt(data, `${stats}.appointmentsToday`)),
    };
  } catch {
    // Health is told also when the graph is what is not well.
    return none;
  }
}

function sum(values: unknown): number {
  return Array.isArray(values) ? values.reduce<number>((total, value) => total + Number(value), 0) : 0;
}

async function diskUsage(folder: string): Promise<number | null> {
  try {
    const { blocks, bavail } = await statfs(folder);
    return percent(1 - bavail / blocks);
  } catch {
    return null;
  }
}

function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1_000) / 10;
}
