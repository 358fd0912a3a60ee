import { randomBytes } from 'node:crypto';

/**
 * Where a client stands in a stream: `<epoch>.<number>`. The epoch names one shared stream of one gateway process, the
 * number counts its events from 1. Another process, or the same one after the stream ended, does not know the epoch and
 * says so; it never takes one stream's number for another's.
 */
export interface EventId {
  readonly epoch: string;
  readonly number: number;
}

export function createEpoch(): string {
  return randomBytes(9).toString('base64url');
}

export function formatEventId({ epoch, number }: EventId): string {
  return `${epoch}.${number}`;
}

/** Null for text that no gateway wrote. */
export function parseEventId(text: string): EventId | null {
  const match = /^([\w-]{12})\.(0|[1-9]\d{0,14})$/.exec(text);
  const [, epoch, number] = match ?? [];
  return epoch === undefined || number === undefined ? null : { epoch, number: Number(number) };
}
