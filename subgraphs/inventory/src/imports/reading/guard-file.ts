import { inflateRawSync } from 'node:zlib';
import { FileRefused } from './file-refused.ts';
import type { ReadingLimits } from './limits.ts';

type Limits = Pick<ReadingLimits, 'fileBytes' | 'unpackedBytes' | 'archiveEntries'>;

/**
 * Says what kind of spreadsheet the bytes are, by themselves and not by their name. An archive is unpacked once with
 * its output counted: what it declares of its own sizes is not believed.
 * @throws FileRefused
 */
export function guardFile(bytes: Buffer, limits: Limits): 'xlsx' | 'xls' {
  if (bytes.length === 0) throw new FileRefused('EMPTY_FILE');
  if (bytes.length > limits.fileBytes) throw new FileRefused('TOO_LARGE');
  if (bytes.subarray(0, 8).equals(compoundFile)) return 'xls';
  if (bytes.length > 4 && bytes.readUInt32LE(0) === localHeader) {
    guardArchive(bytes, limits);
    return 'xlsx';
  }
  throw new FileRefused('NOT_A_SPREADSHEET');
}

const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;

function guardArchive(bytes: Buffer, { unpackedBytes, archiveEntries }: Limits): void {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endOfDirectory) {
    throw new FileRefused('BROKEN_FILE');
  }
  const count = bytes.readUInt16LE(end + 10);
  if (count > archiveEntries) throw new FileRefused('ARCHIVE_BOMB');
  let at = bytes.readUInt32LE(end + 16);
  let left = unpackedBytes;
  let isWorkbook = false;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralHeader) throw new FileRefused('BROKEN_FILE');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    isWorkbook ||= /^\/?xl\/workbook\.xml$/i.test(name);
    left -= unpackedSize(bytes, at, left);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (!isWorkbook) throw new FileRefused('NOT_A_SPREADSHEET');
}

/** Bytes that an entry really unpacks to; refuses one that is more than what is left. */
function unpackedSize(bytes: Buffer, at: number, left: number): number {
  const method = bytes.readUInt16LE(at + 10);
  const packed = bytes.readUInt32LE(at + 20);
  const header = bytes.readUInt32LE(at + 42);
  if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new FileRefused('PASSWORD_PROTECTED');
  if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== localHeader) throw new FileRefused('BROKEN_FILE');
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const body = bytes.subarray(start, start + packed);
  if (bytes.readUInt32LE(at + 24) > left || body.length > left) throw new FileRefused('ARCHIVE_BOMB');
  if (body.length < packed) throw new FileRefused('BROKEN_FILE');
  if (method === 0) return body.length;
  if (method !== 8) throw new FileRefused('BROKEN_FILE');
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, left) }).length;
  } catch (error) {
    const isTooMuch = error instanceof RangeError && Reflect.get(error, 'code') === 'ERR_BUFFER_TOO_LARGE';
    throw new FileRefused(isTooMuch ? 'ARCHIVE_BOMB' : 'BROKEN_FILE');
  }
}
