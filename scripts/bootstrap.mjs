// The only file that must run on the Node.js a newcomer happens to have (>= 18). It installs what is missing and
// hands over to the Node.js 24 that comes with the packages.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const stampFile = join(root, 'node_modules', '.cauce-install');
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

function fail(sentence) {
  console.error(`Cauce: ${sentence}`);
  process.exit(1);
}

function lockHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function install() {
  const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash();
  if (isCurrent) return;
  console.log('  · installing packages (once; about a minute)');
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock file made where some optional platform builds cannot be had.
  const arguments_ = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...arguments_], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', arguments_, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) fail('the packages could not be installed; npm said why above.');
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, lockHash());
}

function node24() {
  const own = join(root, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail('the bundled Node.js 24 is not there; run `npm ci` with install scripts allowed.');
}

if (Number(process.versions.node.split('.')[0]) < 18)
  fail(`Node.js 18 or newer is needed; this is ${process.version}.`);
if (!platforms.includes(`${process.platform}-${process.arch}`)) {
  fail(`${process.platform} on ${process.arch} is not supported; use Linux or macOS on x64 or arm64.`);
}
const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.ts'));
if (!scripts.includes(`${command}.ts`)) fail(`there is no command "${command}".`);
install();
const node = node24();
const bin = join(root, 'node_modules', '.bin');
const child = spawn(node, [join(root, 'scripts', `${command}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_OPTIONS: '',
    // Every process of ours loads the same code: compiled once, each starts in half the time.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'cauce-compile'),
    PATH: [dirname(node), bin, process.env.PATH].join(delimiter),
  },
});
// Ctrl-C reaches the child by itself (same terminal); what is sent to this process alone is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
