import mqtt from 'mqtt';

export interface StoreAndForward {
  publish(topic: string, body: string): void;
  /** Resolves when the broker has taken everything. */
  settled(): Promise<void>;
  /** Messages that were sent more than once. */
  readonly repeated: number;
  stop(): Promise<void>;
}

interface Kept {
  readonly topic: string;
  readonly body: string;
  takenAtMs: number | null;
  sendings: number;
}

/**
 * A device as a good logger is: QoS 1, everything kept until the broker has had it for a while, and said again after
 * every reconnection. A broker acknowledges before it writes; whoever takes the readings must not mind repetition.
 * @param keepMs how long what the broker has taken is kept
 */
export function startStoreAndForward(url: string, clientId: string, keepMs: number): StoreAndForward {
  const client = mqtt.connect(url, { clientId, clean: true, protocolVersion: 4, reconnectPeriod: 200 });
  const kept = new Set<Kept>();
  let untaken = 0;
  let repeated = 0;
  let wake = () => {};
  const send = (message: Kept) => {
    if (!client.connected) return;
    message.sendings += 1;
    if (message.sendings === 2) repeated += 1;
    client.publish(message.topic, message.body, { qos: 1 }, (error) => {
      if (error) return;
      if (message.takenAtMs === null) untaken -= 1;
      message.takenAtMs = performance.now();
      if (untaken === 0) wake();
    });
  };
  const forget = () => {
    const beforeMs = performance.now() - keepMs;
    for (const message of kept) {
      if (message.takenAtMs === null || message.takenAtMs > beforeMs) break;
      kept.delete(message);
    }
  };
  client.on('connect', () => {
    for (const message of kept) send(message);
  });
  client.on('error', () => {});
  return {
    publish: (topic, body) => {
      const message: Kept = { topic, body, takenAtMs: null, sendings: 0 };
      untaken += 1;
      kept.add(message);
      send(message);
      // While the broker is away nothing is forgotten.
      if (client.connected) forget();
    },
    settled: () =>
      new Promise((resolve) => {
        wake = resolve;
        if (untaken === 0) resolve();
      }),
    get repeated() {
      return repeated;
    },
    stop: async () => {
      await client.endAsync(true);
    },
  };
}
