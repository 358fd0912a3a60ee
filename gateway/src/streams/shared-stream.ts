import { AppError } from '@cauce/shared/errors/app-error';
import type { ErrorCode } from '@cauce/shared/errors/error-codes';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { publicResult } from '../door/public-errors.ts';
import type { PlannedStream } from '../execute/planned-stream.ts';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { createEpoch, parseEventId } from './event-id.ts';
import { createMembers, type StreamMember } from './members.ts';
import { createOrderedAnswers } from './ordered-answers.ts';
import { createRepeats } from './repeats.ts';
import { createReplayWindow } from './replay-window.ts';
import { createFrame } from './stream-frame.ts';
import type { StreamLimits } from './stream-limits.ts';
import type { Refusal, Upstream } from './upstream.ts';

/** What a client that may have missed something says of where it stands. */
export interface Resume {
  /** The last event that it has; null when it has none yet and wants to know where the stream stands. */
  readonly lastEventId: string | null;
}

/** One answer for each event, for everybody who asks the same with the same rights. */
export interface SharedStream {
  readonly size: number;
  readonly plan: PlannedStream;
  /** Adds a reader. One that resumes is first given what it has missed, or told that some of it is lost. */
  join(member: StreamMember, resume: Resume | null): void;
  leave(member: StreamMember): void;
  /** Answers the events that come from now on as another plan says. */
  replan(plan: PlannedStream): void;
  /** The same, from another upstream. The old one is left when the new one is open; null, or what refused it. */
  move(upstream: Upstream, plan: PlannedStream): Promise<Refusal | null>;
  /** Tells everybody why, and ends. */
  end(code: ErrorCode, message: string): void;
  /** Ends without a word: nobody reads it. */
  close(): void;
}

export interface SharedStreamOptions {
  readonly plan: PlannedStream;
  readonly upstream: Upstream;
  /** Whose rights it runs with. */
  readonly scope: Omit<RequestScope, 'signal'>;
  readonly limits: StreamLimits;
  readonly nowMs: () => number;
  /** Called once, when nobody can join any more. */
  readonly onEnd: () => void;
}

interface Arrived {
  readonly event: SubgraphAnswer;
  readonly plan: PlannedStream;
  readonly isFromNew: boolean;
}

const eventsLost = { code: 'EVENTS_LOST' };

export function createSharedStream(options: SharedStreamOptions): SharedStream {
  const { scope, limits, nowMs, onEnd } = options;
  const epoch = createEpoch();
  const window = createReplayWindow(limits.window, nowMs);
  const members = createMembers();
  const repeats = createRepeats(nowMs);
  const underWay = new Set<AbortController>();
  let { plan } = options;
  let isOver = false;
  /** A change of plan makes one that still waits for its upstream out of date. */
  let changes = 0;

  const emit = (result: ExecutionResult) => {
    const frame = createFrame({ epoch, number: window.last + 1 }, publicResult(result, scope.requestId));
    window.add(frame);
    members.send(frame);
  };
  /** Says where the stream stands without an event. */
  const position = (extensions: Readonly<Record<string, unknown>> = {}) =>
    createFrame({ epoch, number: window.last }, { data: null, extensions });

  const answers = createOrderedAnswers<Arrived, ExecutionResult>({
    async answer({ event, plan: by }) {
      const limit = new AbortController();
      underWay.add(limit);
      const late = () => limit.abort(new AppError('TIMEOUT', 'An event could not be completed in time'));
      const timer = setTimeout(late, limits.answerTimeoutMs);
      // Loaders hang on the scope: one for each event, or the second would be answered with the first one's rows.
      const own = { ...scope, signal: limit.signal };
      try {
        return await by.answer(event, own);
      } catch (cause) {
        return by.failure(cause, own);
      } finally {
        clearTimeout(timer);
        underWay.delete(limit);
      }
    },
    emit(result, { isFromNew }) {
      if (!repeats.isRepeat(result, isFromNew)) emit(result);
    },
    maxAtOnce: limits.maxAnswersAtOnce,
    maxWaiting: limits.maxWaitingEvents,
  });

  const close = () => {
    if (isOver) return false;
    isOver = true;
    link.leave();
    onEnd();
    return true;
  };
  const endWith = (result: ExecutionResult | null) => {
    if (!close()) return;
    answers.afterAll(() => {
      if (result !== null) emit(result);
      members.end();
    });
  };
  const fail = (cause: unknown) => endWith(plan.failure(cause, { ...scope, signal: new AbortController().signal }));

  /** Listens to an upstream; what it says before `start` is kept until then. */
  const connect = (upstream: Upstream, isFromNew: boolean): Link => {
    let early: (() => void)[] | null = [];
    const inTurn = (act: () => void) => (early === null ? act() : void early.push(act));
    const accept = (event: SubgraphAnswer) => {
      if (isOver || answers.add({ event, plan, isFromNew })) return;
      answers.stop();
      fail(new AppError('SLOW_CONSUMER', 'Events came faster than they could be completed'));
    };
    const leave = upstream.join({
      event: (event) => inTurn(() => accept(event)),
      ended: (failure) => inTurn(() => (failure === null ? endWith(null) : fail(failure.cause))),
    });
    const start = () => {
      const kept = early ?? [];
      early = null;
      for (const act of kept) act();
    };
    return { leave, start };
  };
  let link = connect(options.upstream, false);
  link.start();

  return {
    get size() {
      return members.size;
    },
    get plan() {
      return plan;
    },
    join(member, resume) {
      members.add(member, window.last);
      if (resume === null) return;
      const { lastEventId } = resume;
      if (lastEventId === null) return member.next(position());
      const id = parseEventId(lastEventId);
      const missed = id?.epoch === epoch ? window.after(id.number) : null;
      if (missed === null) return member.next(position({ resume: eventsLost }));
      for (const frame of missed) member.next(frame);
    },
    leave: (member) => void members.delete(member),
    replan(next) {
      changes += 1;
      plan = next;
    },
    async move(upstream, next) {
      changes += 1;
      const own = changes;
      repeats.begin();
      const nextLink = connect(upstream, true);
      const refusal = await upstream.opened;
      if (refusal !== null || isOver || own !== changes) {
        nextLink.leave();
        repeats.end();
        return own === changes ? refusal : null;
      }
      link.leave();
      link = nextLink;
      plan = next;
      nextLink.start();
      answers.afterAll(repeats.end);
      return null;
    },
    end: (code, message) => endWith({ errors: [new GraphQLError(message, { extensions: { code } })] }),
    close() {
      if (!close()) return;
      answers.stop();
      for (const limit of underWay) limit.abort();
    },
  };
}

interface Link {
  leave(): void;
  start(): void;
}
