import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { PlannedStream } from '../execute/planned-stream.ts';
import type { SubgraphAnswer } from '../transports/transport.ts';

/** What came instead of a stream: the subgraph's own answer, or what kept it from answering. */
export type Refusal = { readonly answer: SubgraphAnswer } | { readonly cause: unknown };

export interface UpstreamListener {
  /** An event, which belongs to the listener. */
  event(event: SubgraphAnswer): void;
  /** No further event comes; with a cause when the stream broke. */
  ended(failure: { readonly cause: unknown } | null): void;
}

/** One stream of one subgraph with everybody who listens to it. */
export interface Upstream {
  /** Null once it is open; otherwise why it never will be. */
  readonly opened: Promise<Refusal | null>;
  /** Adds a listener. Leaving as the last one ends it at once, also while it is silent or still opening. */
  join(listener: UpstreamListener): () => void;
  readonly hasEnded: boolean;
}

export interface UpstreamOptions {
  readonly plan: Pick<PlannedStream, 'open'>;
  readonly scope: Omit<RequestScope, 'signal'>;
  /** Called once, as soon as nobody can join any more. */
  readonly onEnd: () => void;
}

/** Opens a subgraph's stream and hands each of its events to all listeners, each getting one of its own. */
export function openUpstream({ plan, scope, onEnd }: UpstreamOptions): Upstream {
  const ending = new AbortController();
  const listeners = new Set<UpstreamListener>();
  let iterator: AsyncIterator<SubgraphAnswer> | null = null;
  let hasEnded = false;

  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd();
    ending.abort();
    // Not awaited: an async generator takes it only after the event that it waits for.
    iterator?.return?.().catch(() => undefined);
  };
  const finish = (failure: { readonly cause: unknown } | null) => {
    if (hasEnded) return;
    iterator = null;
    const told = [...listeners];
    listeners.clear();
    end();
    for (const listener of told) listener.ended(failure);
  };
  const pump = async (source: AsyncIterator<SubgraphAnswer>) => {
    try {
      while (!hasEnded) {
        const step = await source.next();
        if (step.done === true) return finish(null);
        if (hasEnded) return;
        // Completing an event writes into it.
        const [last, ...others] = [...listeners].reverse();
        for (const listener of others.reverse()) listener.event(copyOf(step.value));
        last?.event(step.value);
      }
    } catch (cause) {
      finish({ cause });
    }
  };
  const open = async (): Promise<Refusal | null> => {
    try {
      const answer = await plan.open({ ...scope, signal: ending.signal });
      if (!(Symbol.asyncIterator in answer)) {
        end();
        return { answer };
      }
      const source = answer[Symbol.asyncIterator]();
      if (hasEnded) source.return?.().catch(() => undefined);
      else {
        iterator = source;
        void pump(source);
      }
      return null;
    } catch (cause) {
      end();
      return { cause };
    }
  };

  return {
    opened: open(),
    join(listener) {
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) end();
      };
    },
    get hasEnded() {
      return hasEnded;
    },
  };
}

/** Errors are only read, and may be of a class that copying would lose. */
function copyOf(event: SubgraphAnswer): SubgraphAnswer {
  return event.data === undefined ? event : { ...event, data: structuredClone(event.data) };
}
