import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Turns passwords into what may be stored, and checks them against it. */
export interface Passwords {
  /** A PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, with a salt of its own. */
  hash(password: string): Promise<string>;
  /** Whether it is the password. Takes as long for `null` (nobody there) as for a stored one, and says no. */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether it was made with weaker parameters than today's, and should be made again while the password is known. */
  isOutdated(stored: string): boolean;
}

export type DeriveKey = (parameters: Argon2Parameters) => Promise<Buffer>;

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; 40 to 50 ms on a small core. */
const current: Cost = { memory: 19 * 1024, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** Node's argon2id behind this one file: the API is young and may still move. */
export const deriveArgon2id: DeriveKey = (parameters) => promisify(argon2)('argon2id', parameters);

/** Passwords by argon2id. `derive` is the derivation itself; tests pass one that counts. */
export function createPasswords(derive: DeriveKey = deriveArgon2id): Passwords {
  return {
    async hash(password) {
      const nonce = randomBytes(saltBytes);
      const tag = await derive(parametersOf(password, nonce, hashBytes, current));
      return `${prefixOf(current)}$${text(nonce)}$${text(tag)}`;
    },
    async verify(password, stored) {
      // Nobody there costs the same derivation, against a tag that no password gives: it is random on each call.
      const { cost, salt, tag } = (stored === null ? null : parse(stored)) ?? nobody();
      return timingSafeEqual(await derive(parametersOf(password, salt, tag.length, cost)), tag);
    },
    isOutdated: (stored) => !stored.startsWith(`${prefixOf(current)}$`),
  };
}

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

interface StoredPassword {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

function parametersOf(password: string, nonce: Buffer, tagLength: number, cost: Cost): Argon2Parameters {
  // Keyboards spell ñ and á in two ways; both must be the same password.
  return { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength, ...cost };
}

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function parse(stored: string): StoredPassword | null {
  const match = phcPattern.exec(stored);
  if (match === null) return null;
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function nobody(): StoredPassword {
  return { cost: current, salt: randomBytes(saltBytes), tag: randomBytes(hashBytes) };
}

function prefixOf({ memory, passes, parallelism }: Cost): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}`;
}

/** Base64 without padding, as the PHC format has it. */
function text(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
