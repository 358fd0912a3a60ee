import type { Redis } from 'ioredis';

/** Knows whether a connection that listens has been given everything that was published. */
export interface RedisFence {
  isCaughtUp(): boolean | Promise<boolean>;
}

/** A connection that takes longer to answer than this is as good as none. */
const patienceMs = 250;
/** After that nobody waits for it for so long. */
const awayMs = 1_000;

/**
 * Redis answers a connection in the order in which things happen to it: the answer to a PING that is sent now comes
 * after every message that was published before. So one round trip tells that nothing is outstanding, and at the same
 * time that the connection lives. All who ask while one is under way share the next.
 *
 * @param onGap called when the channel is lost and again when it has been taken anew: events in between are missed
 */
export function createRedisFence(listening: Redis, channel: string, onGap: () => void): RedisFence {
  let isTaken = false;
  let awayUntilMs = 0;
  let running: Promise<boolean> | null = null;
  let next: Promise<boolean> | null = null;

  listening.on('ready', () => {
    // The connection takes its channels again by itself; taking it once more is how the end of that is learned.
    listening.subscribe(channel).then(
      () => {
        isTaken = listening.status === 'ready';
        awayUntilMs = 0;
        onGap();
      },
      () => undefined,
    );
  });
  listening.on('close', () => {
    isTaken = false;
    onGap();
  });

  const ask = async (): Promise<boolean> => {
    const isAnswered = await withinPatience(listening.ping());
    if (!isAnswered) awayUntilMs = performance.now() + awayMs;
    // A connection lost meanwhile may have lost messages with it.
    return isAnswered && isTaken;
  };
  const begin = (): Promise<boolean> => {
    const asked = ask().finally(() => {
      if (running === asked) running = null;
    });
    running = asked;
    return asked;
  };
  return {
    isCaughtUp: () => {
      if (!isTaken || performance.now() < awayUntilMs) return false;
      if (running === null) return begin();
      next ??= running.then(() => {
        next = null;
        return isTaken ? begin() : false;
      });
      return next;
    },
  };
}

function withinPatience(answer: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    const settle = (isAnswered: boolean) => () => {
      clearTimeout(timer);
      resolve(isAnswered);
    };
    answer.then(settle(true), settle(false));
  });
}
