/** Short lines that tell a person at a terminal what is happening and how long it took. */
export interface Progress {
  /** Runs a step and prints one line when it is done; nothing when it took no time worth telling. */
  step<Value>(what: string, work: () => Promise<Value>): Promise<Value>;
  say(line: string): void;
}

const worthTellingMs = 400;

export function createProgress(write: (line: string) => void = console.log): Progress {
  return {
    async step(what, work) {
      const startedMs = performance.now();
      const value = await work();
      const tookMs = performance.now() - startedMs;
      if (tookMs >= worthTellingMs) write(`  · ${what} (${(tookMs / 1000).toFixed(1)} s)`);
      return value;
    },
    say: write,
  };
}
