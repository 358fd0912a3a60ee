import type { Log } from '../log/log.ts';
import type { Stop, Subgraph } from './subgraph.ts';

/** Starts the long-lived work of several subgraphs, and gives what ends all of it, the last first. */
export async function startParts(subgraphs: readonly Subgraph[], log: Log): Promise<Stop> {
  const stops: { readonly name: string; readonly stop: Stop }[] = [];
  const stopAll: Stop = async () => {
    for (const { name, stop } of stops.reverse()) {
      await stop().catch((err: unknown) => log.error({ err, subgraph: name }, 'A subgraph did not stop cleanly'));
    }
  };
  for (const subgraph of subgraphs) {
    try {
      const stop = await subgraph.start?.();
      if (stop !== undefined) stops.push({ name: subgraph.name, stop });
    } catch (error) {
      await stopAll();
      throw error;
    }
  }
  return stopAll;
}
