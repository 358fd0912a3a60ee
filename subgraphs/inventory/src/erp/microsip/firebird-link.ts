import Firebird, { type Database, type SupportedCharacterSet, type Transaction } from 'node-firebird';
import { ErpFailure } from '../erp-failure.ts';
import type { FirebirdCharset } from './firebird-charset.ts';

export interface FirebirdAddress {
  readonly host: string;
  readonly port: number;
  /** Path or alias on the server. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Of the database; rows of `NONE` hold Windows' Western European bytes. */
  readonly charset: FirebirdCharset;
  /** For one answer, ms. */
  readonly timeoutMs: number;
}

export type FirebirdValue = string | number | null;
export type FirebirdRow = readonly FirebirdValue[];

/** A read-only transaction: everything read through it is as of its beginning. */
export interface FirebirdLink {
  /** All rows of a small answer. @throws ErpFailure */
  rows(sql: string, params?: readonly FirebirdValue[]): Promise<readonly FirebirdRow[]>;
  /** Rows in batches; the server is asked for the next when this one was taken. @throws ErpFailure */
  batches(sql: string, params: readonly FirebirdValue[], size: number): AsyncIterable<readonly FirebirdRow[]>;
  close(): Promise<void>;
}

/** Attaches and begins a snapshot. @throws ErpFailure */
export async function openFirebird(address: FirebirdAddress, signal: AbortSignal): Promise<FirebirdLink> {
  const { timeoutMs, charset, ...account } = address;
  const guard = createGuard(timeoutMs, signal);
  const attaching = Firebird.attachAsync({
    ...account,
    encoding: wireCharset(charset),
    numericMode: 'string',
    blobAsText: true,
    connectTimeout: timeoutMs,
  });
  let db: Database;
  try {
    db = await guard(attaching);
  } catch (error) {
    // It may still come after we left.
    attaching.then(
      (late) => leave(late),
      () => {},
    );
    throw error;
  }
  // Told of the same loss as the call that is under way; unheard, it would end the process.
  if (isEmitter(db)) db.on('error', () => {});
  try {
    const tx = await guard(
      db.transactionAsync({ isolation: [...Firebird.ISOLATION_REPEATABLE_READ], readOnly: true, wait: false }),
    );
    return linkOf(db, tx, guard);
  } catch (error) {
    leave(db);
    throw error;
  }
}

type Guard = <Value>(work: Promise<Value>) => Promise<Value>;

function linkOf(db: Database, tx: Transaction, guard: Guard): FirebirdLink {
  return {
    rows: async (sql, params = []) => {
      const rows = await guard(tx.executeAsync<unknown[]>(sql, [...params]));
      return rows.map((row) => row.map(toValue));
    },
    async *batches(sql, params, size) {
      const statement = await guard(tx.newStatementAsync(sql));
      const ask = () => {
        const asked = guard(statement.fetchAsync(tx, Math.min(size, rowsAsked)));
        // Heard when its turn comes, or never where the rows are not wanted any more.
        asked.catch(() => {});
        return asked;
      };
      let isWell = false;
      try {
        await guard(statement.executeAsync(tx, [...params]));
        let batch: FirebirdRow[] = [];
        for (let asked: Promise<unknown> | null = ask(); asked !== null; ) {
          const { data, fetched } = readFetched(await asked);
          // The server reads on while these are worked on.
          asked = fetched || data.length === 0 ? null : ask();
          batch = batch.length === 0 ? [...data] : batch.concat(data);
          if (batch.length >= size) {
            yield batch;
            batch = [];
          }
        }
        if (batch.length > 0) yield batch;
        isWell = true;
      } finally {
        // After a loss there is nobody to give it back to.
        const dropping = statement.dropAsync();
        if (isWell) await guard(dropping);
        else dropping.catch(() => {});
      }
    },
    close: async () => leave(db),
  };
}

/** Rows of one answer. The driver reads an answer that comes in pieces from its beginning with each of them. */
const rowsAsked = 200;

interface Fetched {
  readonly data: readonly FirebirdRow[];
  readonly fetched: boolean;
}

function readFetched(answer: unknown): Fetched {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data)) {
    return { data: [], fetched: true };
  }
  for (const row of answer.data) for (let at = 0; at < row.length; at += 1) row[at] = toValue(row[at]);
  return { data: answer.data, fetched: 'fetched' in answer && answer.fetched === true };
}

/** Queries cast dates to text, as the driver reads them in the process's own zone. */
function toValue(value: unknown): FirebirdValue {
  if (typeof value === 'string') return value.trimEnd();
  if (typeof value === 'number' || value === null) return value;
  if (typeof value === 'bigint') return value.toString();
  return value === undefined ? null : String(value);
}

/** Gives each call its time and ends it with the signal; what the driver says becomes an ErpFailure. */
function createGuard(timeoutMs: number, signal: AbortSignal): Guard {
  return (work) =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leaveNow);
        finish();
      };
      const leaveNow = () => end(() => reject(signal.reason));
      const timer = setTimeout(
        () => end(() => reject(new ErpFailure('TIMED_OUT', `The ERP did not answer within ${timeoutMs} ms`))),
        timeoutMs,
      );
      signal.addEventListener('abort', leaveNow);
      if (signal.aborted) leaveNow();
      work.then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(toFailure(error))),
      );
    });
}

// The driver fails for accounts whose salt begins with a zero, one in sixteen; a password set again has another salt.
const refused = 'The ERP refused the user or password; if they are right, set the password again in Firebird';

const signInCodes: ReadonlySet<number> = new Set([335544472, 335544421]);
const lostCodes: ReadonlySet<number> = new Set([335544721, 335544726, 335544727, 335544741, 335544856, 335544375]);

function toFailure(error: unknown): ErpFailure {
  const code = typeof error === 'object' && error !== null && 'gdscode' in error ? Number(error.gdscode) : 0;
  const cause = { cause: error };
  if (signInCodes.has(code)) return new ErpFailure('SIGN_IN_REFUSED', refused, cause);
  if (code === 0 || lostCodes.has(code)) {
    const isConnecting = error instanceof Error && /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT/.test(error.message);
    return isConnecting
      ? new ErpFailure('UNREACHABLE', 'The ERP cannot be reached', cause)
      : new ErpFailure('CONNECTION_LOST', 'The ERP closed the connection', cause);
  }
  return new ErpFailure('REFUSED', `The ERP refused a query (${code})`, cause);
}

/** Rolls nothing back: a read-only transaction ends with its attachment. */
function leave(db: Database): void {
  db.detachAsync(true).catch(() => {});
}

function wireCharset(charset: FirebirdCharset): SupportedCharacterSet {
  return charset === 'NONE' ? 'WIN1252' : charset;
}

function isEmitter(value: object): value is { on(name: string, listener: () => void): void } {
  return 'on' in value && typeof value.on === 'function';
}
