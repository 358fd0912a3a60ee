import { type SubgraphName, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import type { PlatformDoors } from '../platform/start-platform.ts';

export interface GatewayMetrics {
  readonly residentMegabytes: number;
  /** Another number is another process. */
  readonly startedAt: number;
  /** Subgraphs that are left alone, or that one request tries. */
  readonly notAsked: readonly SubgraphName[];
}

/** What the gateway says of itself at `/metrics`. */
export async function readGatewayMetrics({ url }: Pick<PlatformDoors, 'url'>): Promise<GatewayMetrics> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  const metric = (name: string, label = ''): number => {
    const line = lines.find((one) => one.startsWith(name) && one.includes(label));
    if (line === undefined) throw new Error(`The gateway has no metric ${name} ${label}`);
    return Number(line.split(' ').at(-1));
  };
  return {
    residentMegabytes: metric('process_resident_memory_bytes') / 1024 ** 2,
    startedAt: metric('process_start_time_seconds'),
    notAsked: subgraphNames.filter((name) => metric('cauce_subgraph_breaker_state{', `subgraph="${name}"`) !== 0),
  };
}
