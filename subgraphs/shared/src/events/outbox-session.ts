import { Client } from 'pg';
import type { Log } from '../log/log.ts';
import { outboxChannel } from './outbox.ts';

export interface OutboxSessionOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly log: Log;
  /** How long nothing may happen before `work` is called anyway: a notification can be lost with its connection. */
  readonly pollMs: number;
  /** How long it rests after its work, whatever is new. None by default. */
  readonly restMs?: number;
  /** Called when something may be new, never twice at a time; true when it did not finish and wants to go on. */
  work(client: Client): Promise<boolean>;
}

export interface OutboxSession {
  stop(): Promise<void>;
}

/**
 * A connection of its own that listens to the outbox and works whenever it speaks. When the connection breaks it is
 * made again; when work fails it is tried again after a pause that grows to five seconds.
 */
export function startOutboxSession(options: OutboxSessionOptions): OutboxSession {
  let isStopped = false;
  let isWoken = false;
  let wake: () => void = () => {};
  let current: Client | null = null;
  const notify = (): void => {
    isWoken = true;
    wake();
  };
  const pause = (ms: number, endsWhenWoken: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (!endsWhenWoken && !isStopped) return;
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || isStopped) wake();
    });

  const workWith = async (client: Client): Promise<void> => {
    await client.connect();
    await client.query(`LISTEN ${outboxChannel}`);
    for (let failures = 0; !isStopped && current === client; ) {
      isWoken = false;
      try {
        const isUnfinished = await options.work(client);
        failures = 0;
        if (!isUnfinished) {
          if (options.restMs !== undefined) await pause(options.restMs, false);
          await pause(options.pollMs, true);
        }
      } catch (err) {
        if (current !== client || isStopped) return;
        failures += 1;
        options.log.warn({ err, failures, session: options.applicationName }, 'Work on the outbox failed');
        await pause(Math.min(5_000, 50 * 2 ** failures), false);
      }
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !isStopped; failures += 1) {
      const client = new Client({
        connectionString: options.url,
        application_name: options.applicationName,
        connectionTimeoutMillis: 10_000,
        keepAlive: true,
        statement_timeout: 60_000,
        options: '-c TimeZone=UTC',
      });
      current = client;
      client.on('notification', notify);
      const lose = (err?: Error): void => {
        if (current !== client) return;
        current = null;
        if (err && !isStopped)
          options.log.warn({ err, session: options.applicationName }, 'The outbox connection broke');
        notify();
      };
      client.on('error', lose);
      client.on('end', () => lose());
      const startedAt = performance.now();
      try {
        await workWith(client);
      } catch (err) {
        if (!isStopped)
          options.log.warn({ err, session: options.applicationName }, 'No outbox connection could be made');
      }
      current = null;
      await client.end().catch(() => {});
      if (performance.now() - startedAt > 10_000) failures = 0;
      await pause(Math.min(5_000, 100 * 2 ** failures), false);
    }
  };

  const running = run();
  return {
    stop: async () => {
      isStopped = true;
      notify();
      await running;
    },
  };
}
