/**
 * Asks every case of a federation audit's server and says, per group, how many came out right:
 *
 *     node e2e/audit/run-audit.ts <the audit server's URL> [group ...]
 *     CAUCE_AUDIT_GATEWAY='sh other-gateway.sh' node e2e/audit/run-audit.ts <URL>
 *
 * For each group a gateway of its own is started with the supergraph's URL and a port as its last arguments, ours by
 * default. A case is right when the data are equal and errors are there or absent as it says. Ends with 1 if any is wrong.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '@cauce/shared/test/eventually';
import { freePort } from '@cauce/shared/test/free-port';

interface Case {
  readonly query: string;
  readonly expected: { readonly data?: unknown; readonly errors?: unknown };
}

const [server, ...only] = process.argv.slice(2);
if (server === undefined) throw new Error("Name the audit server's URL");
const command = process.env.CAUCE_AUDIT_GATEWAY?.split(' ') ?? [
  process.execPath,
  fileURLToPath(new URL('serve-supergraph.ts', import.meta.url)),
];

let right = 0;
let total = 0;
for (const id of only.length > 0 ? only : await getJson<string[]>(`${server}/ids`)) {
  const cases = await getJson<Case[]>(`${server}/${id}/tests`);
  const marks = await runGroup(`${server}/${id}/supergraph`, cases);
  console.log(`${id.padEnd(40)} ${marks}`);
  right += marks.replaceAll('X', '').length;
  total += cases.length;
}
console.log(`${right} of ${total}`);
process.exit(right === total ? 0 : 1);

async function runGroup(supergraphUrl: string, cases: readonly Case[]): Promise<string> {
  const port = await freePort();
  const [program = '', ...given] = command;
  const gateway = spawn(program, [...given, supergraphUrl, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}/graphql`;
  try {
    await eventually(() => isServing(url), { timeoutMs: 60_000, what: `the gateway on ${supergraphUrl}` });
    let marks = '';
    for (const { query, expected } of cases) marks += isRight(await ask(url, query), expected) ? '.' : 'X';
    return marks;
  } finally {
    await stop(gateway);
  }
}

async function isServing(url: string): Promise<boolean> {
  return ask(url, '{ __typename }').then(
    ({ data }) => data !== undefined,
    () => false,
  );
}

function isRight(answer: Case['expected'], expected: Case['expected']): boolean {
  if (!isDeepStrictEqual(answer.data ?? null, expected.data ?? null)) return false;
  return typeof expected.errors !== 'boolean' || hasErrors(answer) === expected.errors;
}

function hasErrors({ errors }: Case['expected']): boolean {
  return Array.isArray(errors) && errors.length > 0;
}

async function ask(url: string, query: string): Promise<Case['expected']> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(10_000),
  });
  return (await response.json()) as Case['expected'];
}

async function getJson<Value>(url: string): Promise<Value> {
  return (await (await fetch(url)).json()) as Value;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
