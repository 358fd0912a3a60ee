import type { Locks } from '@cauce/shared/coordination/locks';
import { pause } from '@cauce/shared/pause';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import { type SparkplugHostOptions, startSparkplugHost } from './sparkplug-host.ts';

export interface RunSparkplugOptions extends SparkplugHostOptions {
  readonly locks: Locks;
}

const turnMs = 30_000;
const pauseMs = 2_000;

/**
 * Runs the Sparkplug host in one of the workers at a time: births and data of an edge node must be seen by the same. A
 * worker that ends leaves it to another within the turn.
 */
export function runSparkplugHost({ locks, ...options }: RunSparkplugOptions): Stop {
  const stop = new AbortController();
  const run = async () => {
    while (!stop.signal.aborted) {
      await locks
        .tryRun(`telemetry.sparkplug:${options.hostId}`, turnMs, async (lost) => {
          const end = startSparkplugHost(options);
          await told(AbortSignal.any([stop.signal, lost]));
          await end();
        })
        .catch((err: unknown) => options.log.warn({ err }, 'The Sparkplug host failed'));
      await pause(pauseMs, stop.signal);
    }
  };
  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
}

function told(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
