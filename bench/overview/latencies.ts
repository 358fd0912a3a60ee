/** How long requests took, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** Keeps `concurrency` requests under way for a while, after a warm-up that is not counted. */
export async function measureLatencies(
  request: () => Promise<void>,
  { concurrency, forMs }: { readonly concurrency: number; readonly forMs: number },
): Promise<Latencies> {
  await keepGoing(request, concurrency, forMs / 4);
  const startedMs = performance.now();
  const taken = await keepGoing(request, concurrency, forMs);
  const elapsedMs = performance.now() - startedMs;
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: (taken.length / elapsedMs) * 1_000 };
}

async function keepGoing(request: () => Promise<void>, concurrency: number, forMs: number): Promise<number[]> {
  const taken: number[] = [];
  const untilMs = performance.now() + forMs;
  const lane = async () => {
    while (performance.now() < untilMs) {
      const startedMs = performance.now();
      await request();
      taken.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return taken;
}
