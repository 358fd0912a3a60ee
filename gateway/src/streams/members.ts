import type { StreamFrame } from './stream-frame.ts';

/** One reader of a shared stream, whatever carries it. */
export interface StreamMember {
  /** Never called again once the member has left. */
  next(frame: StreamFrame): void;
  /** Nothing follows. */
  end(): void;
}

export interface Members {
  /** Adds one that has everything up to an event. */
  add(member: StreamMember, upTo: number): void;
  delete(member: StreamMember): boolean;
  /** Gives a frame to everybody who does not have it. */
  send(frame: StreamFrame): void;
  /** Ends everybody, after what was sent before. */
  end(): void;
  readonly size: number;
}

/** So many are served in one go; then the process may do something else. */
const slice = 500;

/**
 * Everybody who reads one stream. Each is given every frame once and in order, however many others there are and
 * whenever they come or go.
 */
export function createMembers(): Members {
  /** The number of the last frame that each has. */
  const members = new Map<StreamMember, number>();
  const waiting: (StreamFrame | null)[] = [];
  let isSending = false;

  const give = (member: StreamMember, frame: StreamFrame | null) => {
    const has = members.get(member);
    if (has === undefined) return;
    if (frame === null) {
      members.delete(member);
      member.end();
    } else if (has < frame.number) {
      members.set(member, frame.number);
      member.next(frame);
    }
  };
  const sendAll = async () => {
    for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
      let given = 0;
      for (const member of [...members.keys()]) {
        if (given > 0 && given % slice === 0) await new Promise((resolve) => setImmediate(resolve));
        give(member, frame);
        given += 1;
      }
    }
    isSending = false;
  };
  const enqueue = (frame: StreamFrame | null) => {
    waiting.push(frame);
    if (isSending) return;
    isSending = true;
    void sendAll();
  };
  return {
    add: (member, upTo) => members.set(member, upTo),
    delete: (member) => members.delete(member),
    send: enqueue,
    end: () => enqueue(null),
    get size() {
      return members.size;
    },
  };
}
