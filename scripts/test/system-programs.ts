import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { run } from '../run.ts';

interface SystemProgram {
  readonly name: string;
  /** The Debian package it comes in. */
  readonly package: string;
  /** What cannot be run without it. */
  readonly neededFor: string;
}

const programs: readonly SystemProgram[] = [
  { name: 'redis-server', package: 'redis-server', neededFor: 'coordination on Redis, scenarios as services' },
  { name: 'mosquitto', package: 'mosquitto', neededFor: 'scenarios with devices' },
  { name: 'mosquitto_pub', package: 'mosquitto-clients', neededFor: 'scenarios with devices' },
  { name: 'python3', package: 'python3', neededFor: 'the samples that partners start from' },
  { name: 'fbguard', package: 'firebird3.0-server', neededFor: 'the copy of a Microsip ERP' },
  { name: 'isql-fb', package: 'firebird3.0-utils', neededFor: 'the copy of a Microsip ERP' },
  { name: 'chromium', package: 'chromium', neededFor: 'browser tests' },
];

const folders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
];

/** Whether a program is on this machine. */
export function isInstalled(name: string): boolean {
  const path = (process.env.PATH ?? '').split(':');
  return [...path, ...folders].some((folder) => folder !== '' && existsSync(`${folder}/${name}`));
}

/**
 * Installs what the tests need and the machine lacks, where that can be done without asking: as root on Debian or
 * Ubuntu. Answers what is still missing, with what cannot be run for it.
 */
export async function installPrograms(): Promise<readonly string[]> {
  const missing = programs.filter(({ name }) => !isInstalled(name));
  if (missing.length > 0 && canUseApt()) {
    const packages = [...new Set(missing.map((program) => program.package))];
    console.log(`  · installing ${packages.join(', ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  }
  return programs
    .filter(({ name }) => !isInstalled(name))
    .map((program) => `${program.neededFor}: ${program.name} is not installed (Debian package ${program.package})`);
}

function canUseApt(): boolean {
  if (userInfo().uid !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID(?:_LIKE)?=.*(?:debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}
