import { inflateRawSync } from 'node:zlib';
import { FileRefused } from './file-refused.ts';
import type { ReadingLimits } from './limits.ts';

export interface ArchiveEntry {
  /** With `/` between folders and none in front. */
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Unpacks a ZIP archive by its directory, also one with sizes of 64 bits, as programs in Java write. Output is counted:
 * what the archive declares of its sizes is not believed.
 * @throws FileRefused
 */
export function unpackArchive(
  bytes: Buffer,
  { unpackedBytes, archiveEntries }: Pick<ReadingLimits, 'unpackedBytes' | 'archiveEntries'>,
): ArchiveEntry[] {
  const { count, start } = directoryOf(bytes);
  if (count > archiveEntries) throw new FileRefused('ARCHIVE_BOMB');
  const entries: ArchiveEntry[] = [];
  let at = start;
  let left = unpackedBytes;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralHeader) throw new FileRefused('BROKEN_FILE');
    const afterName = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes
      .toString('utf8', at + 46, afterName)
      .replaceAll('\\', '/')
      .replace(/^\/+/, '');
    const content = unpacked(bytes, at, left);
    left -= content.length;
    entries.push({ name, content });
    at = afterName + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const wideEndOfDirectory = 0x06064b50;
const wideLocator = 0x07064b50;
/** Stands where a number needs more than 32 bits, or more than 16, and is written elsewhere. */
const wide = 0xffffffff;
const wideCount = 0xffff;

function directoryOf(bytes: Buffer): { readonly count: number; readonly start: number } {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endOfDirectory);
  const end = bytes.lastIndexOf(signature);
  if (end === -1 || end + 22 > bytes.length) throw new FileRefused('BROKEN_FILE');
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (count !== wideCount && start !== wide) return { count, start };
  if (end < 20 || bytes.readUInt32LE(end - 20) !== wideLocator) return { count, start };
  const at = wideNumber(bytes, end - 12);
  if (at + 56 > bytes.length || bytes.readUInt32LE(at) !== wideEndOfDirectory) throw new FileRefused('BROKEN_FILE');
  return { count: wideNumber(bytes, at + 32), start: wideNumber(bytes, at + 48) };
}

/** What an entry of the directory really unpacks to; refuses one that is more than what is left. */
function unpacked(bytes: Buffer, at: number, left: number): Buffer {
  const method = bytes.readUInt16LE(at + 10);
  const { packed, declared, header } = placeOf(bytes, at);
  if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new FileRefused('PASSWORD_PROTECTED');
  if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== localHeader) throw new FileRefused('BROKEN_FILE');
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const body = bytes.subarray(start, start + packed);
  if (declared > left || body.length > left) throw new FileRefused('ARCHIVE_BOMB');
  if (body.length < packed) throw new FileRefused('BROKEN_FILE');
  if (method === 0) return body;
  if (method !== 8) throw new FileRefused('BROKEN_FILE');
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    const isTooMuch = error instanceof RangeError && Reflect.get(error, 'code') === 'ERR_BUFFER_TOO_LARGE';
    throw new FileRefused(isTooMuch ? 'ARCHIVE_BOMB' : 'BROKEN_FILE');
  }
}

/** Sizes and place of an entry; numbers of 64 bits follow its name, those that are needed and in this order. */
function placeOf(bytes: Buffer, at: number) {
  const place = {
    declared: bytes.readUInt32LE(at + 24),
    packed: bytes.readUInt32LE(at + 20),
    header: bytes.readUInt32LE(at + 42),
  };
  let extra = at + 46 + bytes.readUInt16LE(at + 28);
  const end = Math.min(bytes.length, extra + bytes.readUInt16LE(at + 30));
  while (extra + 4 <= end) {
    const next = extra + 4 + bytes.readUInt16LE(extra + 2);
    if (bytes.readUInt16LE(extra) === 1) {
      let from = extra + 4;
      for (const field of ['declared', 'packed', 'header'] as const) {
        if (place[field] !== wide || from + 8 > Math.min(next, end)) continue;
        place[field] = wideNumber(bytes, from);
        from += 8;
      }
    }
    extra = next;
  }
  return place;
}

/** A number of 64 bits; beyond any file when it is more than a file can have. */
function wideNumber(bytes: Buffer, at: number): number {
  return at + 8 > bytes.length ? Number.MAX_SAFE_INTEGER : Number(bytes.readBigUInt64LE(at));
}
