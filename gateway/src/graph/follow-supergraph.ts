import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '@cauce/shared/log/log';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import type { FederatedGraph } from './federated-graph.ts';

export interface FollowSupergraphOptions {
  readonly graph: FederatedGraph;
  /** Path of the supergraph's SDL. */
  readonly file: string;
  readonly log: Log;
  /** How often the file is looked at. Default 1,000. */
  readonly intervalMs?: number;
}

/**
 * Serves whatever the file says, from the moment it says so. It is looked at, not watched: a Kubernetes ConfigMap
 * swaps a link far above it, which no watcher of the file hears. The busiest operations are planned before it takes over. What cannot be served is logged and changes nothing.
 */
export function followSupergraph({ graph, file, log, intervalMs = 1_000 }: FollowSupergraphOptions): Stop {
  const reload = async () => {
    try {
      const sdl = await readFile(file, 'utf8');
      if (sdl === graph.supergraphSdl) return;
      await graph.reloadWhenWarm(sdl);
      log.info({ file }, 'Serving the new supergraph');
    } catch (err) {
      log.error({ err, file }, 'The new supergraph cannot be served; the one before stays');
    }
  };
  let last = Promise.resolve();
  const listener: StatsListener = (now, before) => {
    // One that is half written or swapped again is read again: the file's last state is what is served.
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino || now.size !== before.size) last = last.then(reload);
  };
  watchFile(file, { interval: intervalMs, persistent: false }, listener);
  return async () => {
    unwatchFile(file, listener);
    await last;
  };
}
