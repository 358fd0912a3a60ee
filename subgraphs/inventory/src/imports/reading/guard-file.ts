import { FileRefused } from './file-refused.ts';
import type { ReadingLimits } from './limits.ts';
import { storedArchive } from './stored-archive.ts';
import { unpackArchive } from './unpack-archive.ts';

type Limits = Pick<ReadingLimits, 'fileBytes' | 'unpackedBytes' | 'archiveEntries'>;

/**
 * Says what kind of spreadsheet the bytes are, by themselves and not by their name, and answers bytes that are safe to
 * read. An archive is unpacked here, with its output counted, and put together anew without compression: whoever reads it
 * believes what it says of itself, which two readers may understand differently.
 * @throws FileRefused
 */
export function guardFile(bytes: Buffer, limits: Limits): Buffer {
  if (bytes.length === 0) throw new FileRefused('EMPTY_FILE');
  if (bytes.length > limits.fileBytes) throw new FileRefused('TOO_LARGE');
  if (bytes.subarray(0, 8).equals(compoundFile)) {
    guardCompound(bytes);
    return bytes;
  }
  if (bytes.length <= 4 || bytes.readUInt32LE(0) !== localHeader) throw new FileRefused('NOT_A_SPREADSHEET');
  const entries = unpackArchive(bytes, limits);
  if (!entries.some(({ name }) => /^xl\/workbook\.xml$/i.test(name))) throw new FileRefused('NOT_A_SPREADSHEET');
  return storedArchive(entries.filter(({ name }) => /\.(?:xml|rels)$/i.test(name)));
}

const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const localHeader = 0x04034b50;

/** An old file, or a new one under a password: both are folders of streams. So are documents of other programs. */
function guardCompound(bytes: Buffer): void {
  if (hasStream(bytes, 'EncryptedPackage')) throw new FileRefused('PASSWORD_PROTECTED');
  const isSpreadsheet = hasStream(bytes, 'Workbook') || hasStream(bytes, 'Book');
  if (!isSpreadsheet && otherPrograms.some((name) => hasStream(bytes, name)))
    throw new FileRefused('NOT_A_SPREADSHEET');
}

const otherPrograms = ['WordDocument', 'PowerPoint Document', 'VisioDocument', '__properties_version1.0'];

/** Whether the folder names a stream: entries lie at every 128 bytes, each beginning with its name. */
function hasStream(bytes: Buffer, name: string): boolean {
  const wanted = Buffer.from(`${name}\0`, 'utf16le');
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) if (at % 128 === 0) return true;
  return false;
}
