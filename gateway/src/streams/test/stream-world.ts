import { composeSupergraph } from '../../compose.ts';
import type { Executor } from '../../execute/executor.ts';
import { createShopGateway, type ShopGateway } from '../../execute/test/shop-gateway.ts';
import { shopSdl } from '../../execute/test/shop-sdl.ts';
import { createStreamHub, type StreamHub } from '../stream-hub.ts';
import { defaultStreamLimits, type StreamLimits } from '../stream-limits.ts';
import { createEventSource, type EventSource } from './event-source.ts';

/** The shop with a hub in front, whose streams a test feeds and counts. */
export interface StreamWorld extends Pick<ShopGateway, 'world' | 'sent' | 'scopes' | 'lies'> {
  readonly hub: StreamHub;
  readonly executor: Executor;
  /** Every stream that a subgraph ever opened, in order. */
  readonly sources: EventSource<unknown>[];
  readonly open: readonly EventSource<unknown>[];
  /** Pushes an event into every open one. */
  push(event: unknown): void;
  /** Serves another supergraph and lets the hub follow. */
  reload(supergraphSdl: string): Promise<void>;
}

export function createStreamWorld(limits: Partial<StreamLimits> = {}, nowMs?: () => number): StreamWorld {
  const sources: EventSource<unknown>[] = [];
  const { executor, world, sent, scopes, lies } = createShopGateway({}, () => {
    const source = createEventSource<unknown>();
    sources.push(source);
    return source;
  });
  const listeners = new Set<() => void>();
  const onReload = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const hub = createStreamHub({
    graph: { executor, onReload },
    limits: { ...defaultStreamLimits, graceMs: 0, ...limits },
    ...(nowMs && { nowMs }),
  });
  const isOpen = ({ isOpen: open }: EventSource<unknown>) => open;
  return {
    ...{ hub, executor, world, sent, scopes, lies, sources },
    get open() {
      return sources.filter(isOpen);
    },
    push: (event) => {
      for (const source of sources.filter(isOpen)) source.push(event);
    },
    async reload(sdl) {
      executor.replaceSupergraph(sdl);
      for (const listener of listeners) listener();
      await settled();
    },
  };
}

/** The shop's supergraph with each of its subgraphs changed. */
export function changedShop(change: (sdl: string, name: string) => string): string {
  return composeSupergraph(Object.entries(shopSdl).map(([name, sdl]) => ({ name, sdl: change(sdl, name) })));
}

/** Lets everything that is under way come to rest. */
export async function settled(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
