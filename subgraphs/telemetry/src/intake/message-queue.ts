import type { Log } from '@cauce/shared/log/log';

export interface MessageQueueOptions<Message> {
  /** Makes a batch durable; a rejection means that none of it is, and the batch is tried again. */
  readonly store: (batch: readonly Message[]) => Promise<void>;
  /** Called once a batch is durable. */
  readonly onStored: (batch: readonly Message[]) => void;
  readonly sizeOf: (message: Message) => number;
  readonly log: Log;
  /** Messages a batch holds at most, and bytes, whichever comes first: a batch is stored as one, in a time that is bounded. */
  readonly batchSize: number;
  readonly batchBytes: number;
  /** How long a batch waits for more, counted from its first message. */
  readonly lingerMs: number;
  /** Messages and bytes that may wait. */
  readonly maxWaiting: number;
  readonly maxWaitingBytes: number;
  /** First and longest pause after a failed batch. */
  readonly retryMs: readonly [number, number];
}

/**
 * Bytes of messages in one transaction: as many as a thousand ordinary ones several times over. In the largest that a
 * device may send a value takes seven bytes; a batch of those alone would take longer than a statement may, every time.
 */
export const storedBytes = 512 * 1024;

export interface MessageQueue<Message> {
  add(message: Message): void;
  /** Whether the bound is reached: whoever adds should wait. */
  readonly isFull: boolean;
  /** Calls back, once, as soon as there is room again. */
  whenRoom(resume: () => void): void;
  /** Forgets waiting messages, for example those that will be delivered again. */
  drop(isDropped: (message: Message) => boolean): void;
  /** Takes nothing more out of the queue; resolves when the batch in hand is stored or has failed. */
  stop(): Promise<void>;
}

/**
 * Gathers messages into batches and has one batch stored at a time, in the order of arrival. While one is being stored
 * the next one grows, so that batches are small when it is quiet and large under load.
 */
export function createMessageQueue<Message>(options: MessageQueueOptions<Message>): MessageQueue<Message> {
  let waiting: Message[] = [];
  let waitingBytes = 0;
  let isStopped = false;
  let wakeFromPause: (() => void) | null = null;
  let lingering: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  let resumes: (() => void)[] = [];

  const isFull = () => waiting.length >= options.maxWaiting || waitingBytes >= options.maxWaitingBytes;

  const makeRoom = () => {
    if (isFull()) return;
    const called = resumes;
    resumes = [];
    for (const resume of called) resume();
  };

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeFromPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const storeWithRetry = async (batch: readonly Message[]): Promise<void> => {
    let [pauseMs] = options.retryMs;
    while (true) {
      try {
        await options.store(batch);
        break;
      } catch (err) {
        options.log.error(
          { err, messages: batch.length, pauseMs },
          'Device messages could not be stored; trying again',
        );
      }
      if (isStopped) return;
      await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, options.retryMs[1]);
      if (isStopped) return;
    }
    options.onStored(batch);
  };

  /** One message at least, however large. */
  const takeBatch = (): readonly Message[] => {
    let bytes = 0;
    const beyond = waiting.findIndex((message, place) => {
      bytes += options.sizeOf(message);
      return place === options.batchSize || (place > 0 && bytes > options.batchBytes);
    });
    return waiting.splice(0, beyond === -1 ? waiting.length : beyond);
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0 && !isStopped) {
      const batch = takeBatch();
      for (const message of batch) waitingBytes -= options.sizeOf(message);
      makeRoom();
      await storeWithRetry(batch);
      // Lets the acknowledgements of this batch bring the next messages in.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const begin = () => {
    if (lingering !== null) clearTimeout(lingering);
    lingering = null;
    if (working !== null || isStopped) return;
    working = work().finally(() => {
      working = null;
      if (waiting.length > 0) schedule();
    });
  };

  const schedule = () => {
    if (working !== null || isStopped) return;
    if (waiting.length >= options.batchSize) begin();
    else lingering ??= setTimeout(begin, options.lingerMs);
  };

  return {
    add: (message) => {
      if (isStopped) return;
      waiting.push(message);
      waitingBytes += options.sizeOf(message);
      schedule();
    },
    get isFull() {
      return isFull();
    },
    whenRoom: (resume) => {
      resumes.push(resume);
      makeRoom();
    },
    drop: (isDropped) => {
      waiting = waiting.filter((message) => !isDropped(message));
      waitingBytes = waiting.reduce((sum, message) => sum + options.sizeOf(message), 0);
      makeRoom();
    },
    stop: async () => {
      isStopped = true;
      if (lingering !== null) clearTimeout(lingering);
      wakeFromPause?.();
      await working;
      waiting = [];
      waitingBytes = 0;
      makeRoom();
    },
  };
}
