import { randomBytes } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** The demo's database, some clones of it and their logs. */
const neededBytes = 8 * 1024 ** 3;

/**
 * The path of a folder that nobody has yet, for data that a test run throws away: in memory where the machine has
 * enough to spare, because cloning a database there takes a tenth of the time.
 */
export function scratchFolder(purpose: string): string {
  return join(hasRoomInMemory() ? memory : tmpdir(), `cauce-${purpose}-${randomBytes(6).toString('hex')}`);
}

function hasRoomInMemory(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > neededBytes;
}
