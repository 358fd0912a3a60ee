import { createHash, randomUUID } from 'node:crypto';
import { rightsFingerprint, type Viewer, withoutIdentity } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionResult } from 'graphql';
import type { GraphRequest } from '../execute/executor.ts';
import type { PlannedStream } from '../execute/planned-stream.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { limitJoins } from './limited-joins.ts';
import type { StreamMember } from './members.ts';
import { createSharedStream, type Resume, type SharedStream } from './shared-stream.ts';
import type { StreamFrame } from './stream-frame.ts';
import type { StreamLimits } from './stream-limits.ts';
import type { StreamObserver } from './stream-observer.ts';
import { openUpstream, type Refusal, type Upstream } from './upstream.ts';

export type StreamRequest = Omit<GraphRequest, 'scope'>;

export interface JoinOptions {
  readonly request: StreamRequest;
  readonly viewer: Viewer;
  readonly member: StreamMember;
  /** Null for a client that takes what comes from now on. */
  readonly resume: Resume | null;
  /**
   * Whether it is one that says where it left off when it comes back, so that its stream waits for it after a cut.
   * Default: whoever asks to resume.
   */
  readonly comesBack?: boolean;
}

export interface Membership {
  /**
   * Takes the member off, and with the last one the stream ends at once. For a client that was cut off and comes back
   * by what it said, it goes on for a while. Calling it again with `completed` ends the waiting.
   */
  leave(how: 'completed' | 'cut'): void;
}

/** All live streams of this process: who asks the same with the same rights shares one. */
export interface StreamHub {
  /** Adds a member, or answers once with what refused the subscription. Never rejects. */
  join(options: JoinOptions): Promise<Membership | ExecutionResult>;
  readonly counts: { readonly upstreams: number; readonly streams: number; readonly members: number };
  /** Ends everything without a word: the doors have told their clients. */
  close(): void;
}

export interface StreamHubOptions {
  readonly graph: Pick<FederatedGraph, 'executor' | 'onReload'>;
  readonly limits: StreamLimits;
  readonly nowMs?: () => number;
  readonly observer?: StreamObserver | undefined;
}

interface Entry {
  readonly stream: SharedStream;
  readonly request: StreamRequest;
  readonly viewer: Viewer;
  readonly isShared: boolean;
  readonly opened: Promise<Refusal | null>;
  /** Until when each of those who were cut off is waited for, the earliest first. */
  readonly awaited: Map<StreamMember, number>;
}

export function createStreamHub({ graph, limits, nowMs = Date.now, observer }: StreamHubOptions): StreamHub {
  const upstreams = new Map<string, Upstream>();
  const entries = new Map<string, Entry>();
  /** Streams that nobody reads, in the order in which they were left. */
  const waiting = new Map<Entry, NodeJS.Timeout>();
  let reloads = 0;

  const scopeOf = (viewer: Viewer) => ({ viewer, requestId: randomUUID(), address: null });
  const planningScope = (viewer: Viewer) => ({ ...scopeOf(viewer), signal: new AbortController().signal });
  const upstreamFor = (plan: PlannedStream, scope: Omit<RequestScope, 'signal'>): Upstream => {
    const key = digest(rightsFingerprint(scope.viewer), plan.upstreamKey);
    const known = upstreams.get(key);
    if (known !== undefined) return known;
    const made: { upstream?: Upstream } = {};
    const onEnd = () => {
      if (upstreams.get(key) === made.upstream) upstreams.delete(key);
    };
    const upstream = openUpstream({ plan, scope, onEnd });
    made.upstream = upstream;
    if (!upstream.hasEnded) upstreams.set(key, upstream);
    return upstream;
  };
  const open = (key: string, request: StreamRequest, viewer: Viewer, plan: PlannedStream): Entry => {
    const scope = scopeOf(viewer);
    const upstream = upstreamFor(plan, scope);
    const onEnd = () => {
      if (entries.get(key) === entry) entries.delete(key);
      stopWaiting(entry);
    };
    const stream = createSharedStream({ plan, upstream, scope, limits, nowMs, onEnd });
    const entry: Entry = {
      stream,
      request,
      viewer,
      isShared: plan.isByRights,
      opened: upstream.opened,
      awaited: new Map(),
    };
    entries.set(key, entry);
    return entry;
  };
  const stopWaiting = (entry: Entry) => {
    clearTimeout(waiting.get(entry));
    waiting.delete(entry);
  };
  /** Ends a stream that nobody reads and nobody is awaited for; looks again when the last wait is over. */
  const endIfLeft = (key: string, entry: Entry) => {
    const { stream, awaited } = entry;
    dropPast(awaited, nowMs());
    stopWaiting(entry);
    if (stream.size > 0 || entries.get(key) !== entry) return;
    const until = [...awaited.values()].at(-1);
    if (until === undefined) return stream.close();
    const timer = setTimeout(() => endIfLeft(key, entry), until - nowMs() + 1);
    timer.unref();
    waiting.set(entry, timer);
    const [longest] = waiting.keys();
    if (waiting.size > limits.maxKept) longest?.stream.close();
  };

  const replan = async (entry: Entry): Promise<void> => {
    const { stream } = entry;
    const own = reloads;
    const planned = graph.executor.planStream({ ...entry.request, scope: planningScope(entry.viewer) });
    const plan = planned instanceof Promise ? await planned : planned;
    // The graph has changed again while it was planned: the next round has it.
    if (reloads !== own) return;
    if (!('open' in plan)) return stream.end('SCHEMA_CHANGED', 'The graph no longer has what this stream asked for');
    if (entry.isShared && !plan.isByRights)
      return stream.end('SCHEMA_CHANGED', 'What this stream shows may now depend on who sees it; subscribe again');
    if (plan.upstreamKey === stream.plan.upstreamKey) return stream.replan(plan);
    const refusal = await stream.move(upstreamFor(plan, scopeOf(entry.viewer)), plan);
    if (refusal !== null) stream.end('SCHEMA_CHANGED', 'The graph has changed and this stream was not opened again');
  };
  const stopFollowing = graph.onReload(async () => {
    reloads += 1;
    const own = reloads;
    for (const entry of [...entries.values()]) {
      void replan(entry);
      // Planning takes milliseconds; other work goes in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (reloads !== own) return;
    }
  });

  /** A stream of a graph that is gone by the time it is planned would be missed by the round that plans all anew. */
  const planOnTheGraphOfNow = async (request: StreamRequest, viewer: Viewer) => {
    for (;;) {
      const own = reloads;
      const plan = await graph.executor.planStream({ ...request, scope: planningScope(viewer) });
      if (reloads === own) return plan;
    }
  };

  const join = async (options: JoinOptions): Promise<Membership | ExecutionResult> => {
    const { request, viewer, member, resume, comesBack = resume !== null } = options;
    const plan = await planOnTheGraphOfNow(request, viewer);
    if (!('open' in plan)) return plan;
    // Nobody's token ends a stream that others share, or that the same person goes on with under a fresh one.
    const holder = plan.isByRights ? withoutIdentity(viewer) : { ...viewer, expiresAtMs: null };
    const key = digest(rightsFingerprint(holder), plan.operationKey);
    const entry = entries.get(key) ?? open(key, request, holder, plan);
    const { stream } = entry;
    stopWaiting(entry);
    // Which of those who were cut off it is cannot be known; one less is awaited.
    const [returned] = typeof resume?.lastEventId === 'string' ? entry.awaited.keys() : [];
    if (returned !== undefined) entry.awaited.delete(returned);
    const gate = new Gate(member);
    stream.join(gate, resume);
    let isGone = false;
    const leave = (how: 'completed' | 'cut') => {
      stream.leave(gate);
      if (how === 'completed') entry.awaited.delete(gate);
      else if (!isGone && comesBack && limits.graceMs > 0) entry.awaited.set(gate, nowMs() + limits.graceMs);
      isGone = true;
      endIfLeft(key, entry);
    };
    const refusal = await entry.opened;
    if (refusal !== null) {
      leave('completed');
      const scope = { ...scopeOf(holder), signal: new AbortController().signal };
      return 'answer' in refusal ? plan.refusal(refusal.answer, scope) : plan.failure(refusal.cause, scope);
    }
    gate.open();
    return { leave };
  };

  const limited = limitJoins(join, limits);
  return {
    join: observer === undefined ? limited : (options) => observed(observer, options, limited),
    get counts() {
      let members = 0;
      for (const { stream } of entries.values()) members += stream.size;
      return { upstreams: upstreams.size, streams: entries.size, members };
    },
    close() {
      stopFollowing();
      for (const { stream } of [...entries.values()]) stream.close();
    },
  };
}

async function observed(
  observer: StreamObserver,
  options: JoinOptions,
  join: StreamHub['join'],
): Promise<Membership | ExecutionResult> {
  const { request, viewer, member } = options;
  const seen = observer.joined(request, viewer);
  let isOver = false;
  const left = () => {
    if (!isOver) seen.left();
    isOver = true;
  };
  const counted: StreamMember = {
    next(frame) {
      seen.delivered();
      member.next(frame);
    },
    end() {
      left();
      member.end();
    },
  };
  const joined = await observer.joining(request, viewer, () => join({ ...options, member: counted }));
  if (!('leave' in joined)) {
    left();
    observer.refused(joined.errors);
    return joined;
  }
  return {
    leave(how) {
      left();
      joined.leave(how);
    },
  };
}

/** Holds back what comes before it is known that the stream opened at all. One for each reader, so it is kept small. */
class Gate implements StreamMember {
  readonly #member: StreamMember;
  #held: (StreamFrame | null)[] | null = [];

  constructor(member: StreamMember) {
    this.#member = member;
  }

  next(frame: StreamFrame): void {
    if (this.#held === null) this.#member.next(frame);
    else this.#held.push(frame);
  }

  end(): void {
    if (this.#held === null) this.#member.end();
    else this.#held.push(null);
  }

  open(): void {
    const frames = this.#held ?? [];
    this.#held = null;
    for (const frame of frames) {
      if (frame === null) this.#member.end();
      else this.#member.next(frame);
    }
  }
}

function dropPast(awaited: Map<StreamMember, number>, nowMs: number): void {
  for (const [member, untilMs] of awaited) {
    if (untilMs > nowMs) return;
    awaited.delete(member);
  }
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('base64');
}
