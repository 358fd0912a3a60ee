import type { Viewer } from '@cauce/shared/auth/viewer';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { StreamMember } from './members.ts';
import type { StreamFrame } from './stream-frame.ts';
import type { JoinOptions, StreamHub } from './stream-hub.ts';

export interface JoinLimits {
  /** Subscriptions that one person or one API key may have open at this gateway. */
  readonly maxPerViewer: number;
  /** Subscriptions that this gateway carries at the same time. */
  readonly maxMembers: number;
}

/** Lets so many join and no more; one that is refused is answered `RATE_LIMITED` and takes no place. */
export function limitJoins(join: StreamHub['join'], { maxPerViewer, maxMembers }: JoinLimits): StreamHub['join'] {
  const held = new Map<string, number>();
  let all = 0;
  const take = (viewer: Viewer): (() => void) | string => {
    const key = `${viewer.kind} ${viewer.id}`;
    const own = held.get(key) ?? 0;
    if (own >= maxPerViewer) return `At most ${maxPerViewer} subscriptions may be open for one viewer`;
    if (all >= maxMembers) return 'This gateway carries as many subscriptions as it may; try again in a moment';
    held.set(key, own + 1);
    all += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      all -= 1;
      const left = (held.get(key) ?? 1) - 1;
      if (left === 0) held.delete(key);
      else held.set(key, left);
    };
  };
  return async (options: JoinOptions) => {
    const release = take(options.viewer);
    if (typeof release === 'string') return refusal(release);
    const joined = await join({ ...options, member: new PlacedMember(options.member, release) });
    if (!('leave' in joined)) {
      release();
      return joined;
    }
    return {
      leave(how) {
        release();
        joined.leave(how);
      },
    };
  };
}

/** A member that gives its place back when its stream ends. */
class PlacedMember implements StreamMember {
  readonly #member: StreamMember;
  readonly #release: () => void;

  constructor(member: StreamMember, release: () => void) {
    this.#member = member;
    this.#release = release;
  }

  next(frame: StreamFrame): void {
    this.#member.next(frame);
  }

  end(): void {
    this.#release();
    this.#member.end();
  }
}

function refusal(message: string): ExecutionResult {
  return { errors: [new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } })] };
}
