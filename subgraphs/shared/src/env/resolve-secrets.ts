import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PlatformEnv, Secrets } from './platform-env.ts';

export interface SecretsInput {
  readonly mode: PlatformEnv['mode'];
  readonly dataDir: string;
  readonly given: { readonly [Name in keyof Secrets]: string | undefined };
}

export interface ResolvedSecrets {
  readonly secrets: Secrets | null;
  /** Sentences; none of them repeats a secret. */
  readonly problems: readonly string[];
}

/** Given secrets are checked; missing ones are made where the mode allows it. */
export function resolveSecrets(input: SecretsInput): ResolvedSecrets {
  const problems = checkGiven(input);
  if (problems.length > 0) return { secrets: null, problems };
  const missing = names.filter((name) => input.given[name] === undefined);
  if (missing.length === 0 || input.mode === 'test')
    return { secrets: { ...makeSecrets(), ...present(input.given) }, problems };
  try {
    return { secrets: { ...keptSecrets(input.dataDir), ...present(input.given) }, problems };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { secrets: null, problems: [`The secrets of the demo cannot be kept in CAUCE_DATA_DIR: ${reason}.`] };
  }
}

const names = ['tokenSecret', 'internalSecret', 'encryptionKey'] as const;
const variableOf = {
  tokenSecret: 'CAUCE_TOKEN_SECRET',
  internalSecret: 'CAUCE_INTERNAL_SECRET',
  encryptionKey: 'CAUCE_ENCRYPTION_KEY',
} as const;

const shortestSecret = 32;
/** Words of examples and defaults; real secrets are random and hold none of them. */
const telltale =
  /change.?me|secret|password|default|example|cauce|1234567|abcdef|(?:^|[-_ .])(?:demo|test)(?:$|[-_ .])|(.)\1{7}/i;

function checkGiven({ mode, dataDir, given }: SecretsInput): string[] {
  const problems: string[] = [];
  const kept = mode === 'production' ? readKept(dataDir) : null;
  for (const name of names) {
    const value = given[name];
    const variable = variableOf[name];
    if (value === undefined) {
      if (mode === 'production')
        problems.push(`${variable} must be set in production; make one with: ${recipe(name)}.`);
      continue;
    }
    if (name === 'encryptionKey' && Buffer.from(value, 'base64').length !== 32) {
      problems.push(`${variable} must be 32 bytes in base64; make one with: ${recipe(name)}.`);
    } else if (value.length < shortestSecret) {
      problems.push(`${variable} must have at least ${shortestSecret} characters; make one with: ${recipe(name)}.`);
    } else if (mode === 'production' && (telltale.test(value) || new Set(value).size < 12)) {
      problems.push(`${variable} looks like an example, not like a random secret; make one with: ${recipe(name)}.`);
    } else if (kept && names.some((other) => kept[other] === value)) {
      problems.push(`${variable} is the one that was made for the demo; production needs its own.`);
    }
  }
  const values = names.flatMap((name) => given[name] ?? []);
  if (mode === 'production' && new Set(values).size < values.length) {
    problems.push('CAUCE_TOKEN_SECRET, CAUCE_INTERNAL_SECRET and CAUCE_ENCRYPTION_KEY must differ from each other.');
  }
  return problems;
}

function recipe(name: keyof Secrets): string {
  return name === 'encryptionKey' ? 'openssl rand -base64 32' : 'openssl rand -hex 32';
}

function present(given: SecretsInput['given']): Partial<Secrets> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
}

function makeSecrets(): Secrets {
  const random = (): string => randomBytes(32).toString('base64');
  return { tokenSecret: random(), internalSecret: random(), encryptionKey: random() };
}

const keptSchema = z.object({ tokenSecret: z.string(), internalSecret: z.string(), encryptionKey: z.string() });

/** Made by whichever process comes first; a link appears whole or not at all, so that nobody reads half a file. */
function keptSecrets(dataDir: string): Secrets {
  const before = readKept(dataDir);
  if (before) return before;
  mkdirSync(dataDir, { recursive: true });
  const draft = join(dataDir, `secrets.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    writeFileSync(draft, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 });
    linkSync(draft, secretsFile(dataDir));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return keptSchema.parse(JSON.parse(readFileSync(secretsFile(dataDir), 'utf8')));
}

function readKept(dataDir: string): Secrets | null {
  let text: string;
  try {
    text = readFileSync(secretsFile(dataDir), 'utf8');
  } catch {
    return null;
  }
  const parsed = keptSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(`${secretsFile(dataDir)} does not hold the three secrets; delete it to start over`);
  // Repairs a copy that was made with wider rights.
  chmodSync(secretsFile(dataDir), 0o600);
  return parsed.data;
}

function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}
