import { AsyncLocalStorage } from 'node:async_hooks';

// Follows the work itself, because between a resolver and its statements lie Prisma, loaders and stores.
const signals = new AsyncLocalStorage<AbortSignal | null>();

/** Runs work whose statements end when the signal does. */
export function withStatementsOf<Value>(signal: AbortSignal, work: () => Value): Value {
  return signals.run(signal, work);
}

/** Runs work that others wait for as well, so that it outlives whoever happened to start it. */
export function withoutStatementScope<Value>(work: () => Value): Value {
  return signals.run(null, work);
}

/** What ends the statements that are sent now; null for work of nobody in particular. */
export function statementSignal(): AbortSignal | null {
  return signals.getStore() ?? null;
}
