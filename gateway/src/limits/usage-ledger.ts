import { randomUUID } from 'node:crypto';
import type { Log } from '@cauce/shared/log/log';

/** One operation of a key: let through for its units, or refused with none. */
export interface UsageNote {
  readonly keyId: string;
  /** Calendar day in UTC. */
  readonly day: string;
  readonly operation: string | null;
  readonly units: number;
}

/** What one key asked for under one name on one day, since the last batch. */
export interface UsageEntry {
  readonly keyId: string;
  readonly day: string;
  readonly operation: string;
  requests: number;
  units: number;
  refused: number;
}

export interface UsageBatch {
  readonly batchId: string;
  readonly entries: readonly UsageEntry[];
}

/** Remembers what keys used until it is written down. */
export interface UsageLedger {
  note(note: UsageNote): void;
  /** Writes down what is due. Rejects when it could not; nothing is lost by it, the same batch is tried again. */
  flush(): Promise<void>;
  /** Writes down the rest and ends. */
  stop(): Promise<void>;
}

export interface UsageLedgerOptions {
  /** Writes a batch down; the same batch again adds nothing. */
  readonly write: (batch: UsageBatch) => Promise<void>;
  readonly log: Log;
  readonly everyMs?: number;
}

const mostNames = 200;
const mostEntries = 5_000;
const longestName = 100;

/**
 * Collects usage in memory and writes it down every few seconds: requests do not wait for it. A batch whose answer was
 * lost is sent again under its id. A gateway that is killed loses a few seconds of the account; the counts that limit
 * are not made from it while they stand.
 */
export function createUsageLedger({ write, log, everyMs = 5_000 }: UsageLedgerOptions): UsageLedger {
  let open = new Map<string, UsageEntry>();
  let due: UsageBatch[] = [];
  let writing: Promise<void> | null = null;
  const namesOf = new Map<string, Set<string>>();

  const nameOf = (keyId: string, day: string, operation: string | null): string => {
    const name = operation === null || operation === '' ? '(anonymous)' : operation.slice(0, longestName);
    const names = namesOf.get(`${keyId}:${day}`) ?? new Set();
    namesOf.set(`${keyId}:${day}`, names);
    // Names are the client's to choose: without an end to them they would be rows without end.
    if (!names.has(name) && names.size >= mostNames) return '(other)';
    names.add(name);
    return name;
  };
  const close = (): void => {
    const entries = [...open.values()];
    open = new Map();
    for (let from = 0; from < entries.length; from += mostEntries) {
      due.push({ batchId: randomUUID(), entries: entries.slice(from, from + mostEntries) });
    }
    const today = new Date().toISOString().slice(0, 10);
    for (const key of namesOf.keys()) if (!key.endsWith(today)) namesOf.delete(key);
  };
  const writeDue = async (): Promise<void> => {
    close();
    for (let batch = due[0]; batch !== undefined; batch = due[0]) {
      await write(batch);
      due = due.slice(1);
    }
  };
  const ledger: UsageLedger = {
    note({ keyId, day, operation, units }) {
      const name = nameOf(keyId, day, operation);
      const key = `${keyId}:${day}:${name}`;
      const entry = open.get(key) ?? { keyId, day, operation: name, requests: 0, units: 0, refused: 0 };
      if (units > 0) entry.requests += 1;
      else entry.refused += 1;
      entry.units += units;
      open.set(key, entry);
    },
    flush() {
      writing ??= writeDue().finally(() => {
        writing = null;
      });
      return writing;
    },
    async stop() {
      clearInterval(timer);
      await ledger.flush().catch(report);
      // What was noted while the last batch was being written.
      if (open.size > 0) await ledger.flush().catch(report);
    },
  };
  const report = (err: unknown) => log.warn({ err, batches: due.length }, 'Usage of API keys waits to be written down');
  const timer = setInterval(() => void ledger.flush().catch(report), everyMs);
  timer.unref();
  return ledger;
}
