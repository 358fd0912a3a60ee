import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Executor } from '../../execute/executor.ts';
import type { StreamMember } from '../members.ts';
import type { Resume } from '../shared-stream.ts';
import { createStreamHub, type Membership, type StreamHub, type StreamRequest } from '../stream-hub.ts';
import { defaultStreamLimits } from '../stream-limits.ts';

export interface Delivery {
  readonly eventId: string;
  readonly result: FormattedExecutionResult;
}

/** A member that keeps what it is given, as a client would read it. */
export interface TestReader extends StreamMember {
  readonly got: Delivery[];
  /** What was answered instead of a stream. */
  refused: ExecutionResult | null;
  readonly hasEnded: boolean;
  /** The next answer that was not taken yet; null when the stream has ended. */
  take(): Promise<FormattedExecutionResult | null>;
  leave(how?: 'completed' | 'cut'): void;
}

export interface ReaderOptions {
  readonly request: StreamRequest;
  readonly viewer?: Viewer;
  readonly resume?: Resume | null;
}

/** Joins a stream; the reader says with `refused` when there is none. */
export async function readStream(hub: StreamHub, options: ReaderOptions): Promise<TestReader> {
  const { request, viewer = anonymousViewer, resume = null } = options;
  const got: Delivery[] = [];
  let taken = 0;
  let hasEnded = false;
  let wake = () => {};
  let membership: Membership | null = null;
  const reader: TestReader = {
    got,
    refused: null,
    get hasEnded() {
      return hasEnded;
    },
    next(frame) {
      const payload = payloadOf(`{"id":"1"${frame.webSocket}`);
      const { eventId, ...extensions } = payload.extensions ?? {};
      const { extensions: _all, ...rest } = payload;
      const result = Object.keys(extensions).length === 0 ? rest : { ...rest, extensions };
      got.push({ eventId: String(eventId), result });
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
    async take() {
      while (got.length <= taken && !hasEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      taken += 1;
      return got[taken - 1]?.result ?? null;
    },
    leave: (how = 'completed') => membership?.leave(how),
  };
  const joined = await hub.join({ request, viewer, member: reader, resume });
  if ('leave' in joined) membership = joined;
  else reader.refused = joined;
  return reader;
}

/** A hub of its own over an executor, that ends streams as soon as nobody reads them. */
export function hubOver(executor: Executor): StreamHub {
  const graph = { executor, onReload: () => () => {} };
  return createStreamHub({ graph, limits: { ...defaultStreamLimits, graceMs: 0 } });
}

function payloadOf(text: string): FormattedExecutionResult {
  const message: { readonly payload: FormattedExecutionResult } = JSON.parse(text);
  return message.payload;
}
