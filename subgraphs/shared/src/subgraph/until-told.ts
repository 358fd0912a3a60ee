/** Resolves when somebody asks this process to end: Ctrl-C, a service manager, an orchestrator. */
export function untilToldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
}

/** Prints one clear sentence and ends with a failure; the stack is for a log, not for a person at a terminal. */
export function failWith(error: unknown): never {
  console.error(`Cauce: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
