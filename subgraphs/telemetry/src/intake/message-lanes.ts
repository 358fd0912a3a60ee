import { createMessageQueue, type MessageQueue, type MessageQueueOptions } from './message-queue.ts';

export interface MessageLanesOptions<Message> extends MessageQueueOptions<Message> {
  /** Batches that are stored at the same time at most. */
  readonly lanes: number;
  /** Messages of one key are stored in the order of their arrival. */
  readonly keyOf: (message: Message) => string;
  /** Called once messages are durable, each after all that arrived before it. */
  readonly onStored: (messages: readonly Message[]) => void;
}

/**
 * Several queues side by side, so that one batch is read and sent while another is written: what one device says keeps
 * to one lane and its order. What is stored is told in the order of arrival over all lanes, as a broker wants its
 * acknowledgements.
 */
export function createMessageLanes<Message extends object>(
  options: MessageLanesOptions<Message>,
): MessageQueue<Message> {
  const { lanes: count, keyOf, onStored, maxWaiting, maxWaitingBytes } = options;
  /** In the order of arrival: those that are not told of yet, and whether they are stored. */
  const pending = new Map<Message, boolean>();
  const tellInOrder = () => {
    const told: Message[] = [];
    for (const [message, isStored] of pending) {
      if (!isStored) break;
      pending.delete(message);
      told.push(message);
    }
    if (told.length > 0) onStored(told);
  };
  const queues = Array.from({ length: count }, () =>
    createMessageQueue<Message>({
      ...options,
      maxWaiting: Math.ceil(maxWaiting / count),
      maxWaitingBytes: maxWaitingBytes / count,
      onStored: (batch) => {
        for (const message of batch) if (pending.has(message)) pending.set(message, true);
        tellInOrder();
      },
    }),
  );
  const whenRoom = (resume: () => void): void => {
    // The next message may belong to any lane: there has to be room in all.
    const full = queues.find((queue) => queue.isFull);
    if (full === undefined) resume();
    else full.whenRoom(() => whenRoom(resume));
  };
  return {
    add: (message) => {
      pending.set(message, false);
      queues[hash(keyOf(message)) % count]?.add(message);
    },
    get isFull() {
      return queues.some((queue) => queue.isFull);
    },
    whenRoom,
    drop: (isDropped) => {
      for (const queue of queues) queue.drop(isDropped);
      for (const message of pending.keys()) if (isDropped(message)) pending.delete(message);
      tellInOrder();
    },
    stop: async () => {
      await Promise.all(queues.map((queue) => queue.stop()));
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
