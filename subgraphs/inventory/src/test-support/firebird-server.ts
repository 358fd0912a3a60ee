import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@cauce/shared/test/free-port';
import Firebird from 'node-firebird';
import { describe, expect, it } from 'vitest';

/** A real Firebird 3 of its own for a test, with a security database of its own. */
export interface FirebirdServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Makes a database of this character set and runs a script in it; answers its path. */
  create(name: string, charset: string, script: string): string;
  /** A copy of a database that nobody is connected to; answers its path. */
  duplicate(path: string, name: string): string;
  /** Runs a script in a database, as the ERP's own programs would; throws with what the server said. */
  run(path: string, script: string): void;
  stop(): Promise<void>;
}

const program = '/usr/sbin/firebird';
const installed = '/usr/lib/x86_64-linux-gnu/firebird/3.0';
const user = 'SYSDBA';
const password = 'local-test-key';

/** Whether Firebird 3 is on this machine as Debian installs it, with `isql-fb`. */
export const isFirebirdInstalled = () => [program, '/usr/bin/isql-fb', `${installed}/plugins`].every(existsSync);

/** Tests that need a real Firebird: skipped with the reason where it is missing, a failure on the build server. */
export function describeWithFirebird(name: string, tests: () => void): void {
  const isThere = isFirebirdInstalled();
  if (!isThere && process.env.CI === 'true') {
    it(`${name}: firebird3.0-server and firebird3.0-utils are installed`, () => {
      expect(isThere).toBe(true);
    });
    return;
  }
  describe.skipIf(!isThere)(isThere ? name : `${name} (skipped: Firebird 3 is not installed)`, tests);
}

/** Throws where Firebird is not installed; ask `isFirebirdInstalled` first. */
export async function startFirebird(): Promise<FirebirdServer> {
  const root = mkdtempSync(join(tmpdir(), 'cauce-firebird-'));
  const port = await freePort();
  const env = prepare(root, port);
  const server = spawn(program, ['-p', String(port)], { env, stdio: 'ignore' });
  await untilListening(server, port);
  await untilAdmitted(env, port, join(root, 'security3.fdb'));
  const run = (path: string, script: string): void => {
    const head = `SET BAIL ON;\nCONNECT '127.0.0.1/${port}:${path}' USER '${user}' PASSWORD '${password}';\n`;
    isql(env, head + script);
  };
  return {
    ...{ port, user, password, run },
    create(name, charset, script) {
      const path = join(root, `${name}.fdb`);
      const made = `CREATE DATABASE '127.0.0.1/${port}:${path}' USER '${user}' PASSWORD '${password}' PAGE_SIZE 8192`;
      isql(env, `${made} DEFAULT CHARACTER SET ${charset};\nCOMMIT;\n`, charset);
      // Nothing here has to survive a crash.
      execFileSync(
        '/usr/bin/gfix',
        ['-write', 'async', '-user', user, '-password', password, `127.0.0.1/${port}:${path}`],
        {
          env,
        },
      );
      run(path, script);
      return path;
    },
    duplicate(path, name) {
      const copy = join(root, `${name}.fdb`);
      // Whole on the disk before it is read: pages are written late here.
      isql(env, `CONNECT '127.0.0.1/${port}:${path}' USER '${user}' PASSWORD '${password}';\nCOMMIT;\n`);
      cpSync(path, copy);
      return copy;
    },
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGKILL');
        await gone;
      }
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A root folder of its own: the same programs, another security database, this machine only. */
function prepare(root: string, port: number): NodeJS.ProcessEnv {
  mkdirSync(join(root, 'lock'));
  symlinkSync(`${installed}/plugins`, join(root, 'plugins'));
  // Not a link: the character sets are not found behind one.
  cpSync(`${installed}/intl`, join(root, 'intl'), { recursive: true, dereference: true });
  cpSync('/etc/firebird/3.0/plugins.conf', join(root, 'plugins.conf'));
  writeFileSync(join(root, 'databases.conf'), '');
  const security = join(root, 'security3.fdb');
  const settings = [
    `RemoteServicePort = ${port}`,
    'RemoteBindAddress = 127.0.0.1',
    `SecurityDatabase = ${security}`,
    'DefaultDbCachePages = 8192',
  ];
  writeFileSync(join(root, 'firebird.conf'), `${settings.join('\n')}\n`);
  const lock = join(root, 'lock');
  const env = { ...process.env, FIREBIRD: root, FIREBIRD_LOCK: lock, FIREBIRD_TMP: lock };
  const tables = readFileSync('/usr/share/firebird/3.0/security.sql', 'utf8');
  isql(env, `CREATE DATABASE '${security}' USER '${user}';\nCOMMIT;\n${tables}\nCOMMIT;\n`);
  isql(
    env,
    `CONNECT '${security}' USER '${user}';\nCREATE USER ${user} PASSWORD '${password}' USING PLUGIN Srp;\nCOMMIT;\n`,
  );
  return env;
}

/**
 * The driver misreads the answer for an account whose salt begins with a zero, which is one in sixteen: it is given
 * another salt by setting its password again.
 */
async function untilAdmitted(env: NodeJS.ProcessEnv, port: number, database: string): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    try {
      const db = await Firebird.attachAsync({ host: '127.0.0.1', port, database, user, password });
      await db.detachAsync();
      return;
    } catch {
      const head = `CONNECT '127.0.0.1/${port}:${database}' USER '${user}' PASSWORD '${password}';\n`;
      isql(env, `${head}ALTER USER ${user} SET PASSWORD '${password}';\nCOMMIT;\n`);
    }
  }
  throw new Error('firebird admits nobody');
}

function isql(env: NodeJS.ProcessEnv, script: string, charset = 'UTF8'): void {
  // Where no language is set it reads no letters with accents.
  const spoken = { ...env, LC_ALL: 'C.UTF-8' };
  execFileSync('/usr/bin/isql-fb', ['-q', '-ch', charset], { env: spoken, input: script, stdio: 'pipe' });
}

async function untilListening(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`firebird ended with ${server.exitCode}`);
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  server.kill('SIGKILL');
  throw new Error('firebird did not begin to listen');
}
