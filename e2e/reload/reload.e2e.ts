import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@cauce/shared/test/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type GraphAnswer, type GraphClient, signIn } from '../platform/graph-client.ts';
import { startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';

const composed = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');
/** The same graph after a deploy that took one field away. */
const withoutLowStock = composed.replace(
  /^ {2}lowStockCount: Int @join__field\(graph: INVENTORY\)/m,
  '$& @inaccessible',
);

const folder = mkdtempSync(join(tmpdir(), 'cauce-supergraph-'));
const file = join(folder, 'supergraph.graphql');
/** As deploys do it: a whole file takes the place of the other. */
const deploy = (sdl: string) => {
  writeFileSync(`${file}.next`, sdl);
  renameSync(`${file}.next`, file);
};

let platform: TestPlatform;
let manager: GraphClient;

beforeAll(async () => {
  deploy(composed);
  platform = await startTestPlatform({ seededUrl: inject('seededUrl'), env: { CAUCE_SUPERGRAPH_FILE: file } });
  manager = await signIn(platform, 'gerente');
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lowStock = '{ sites { edges { node { lowStockCount } } } }';
const hasLowStock = async () => (await manager.ask(lowStock)).errors.length === 0;

describe('a supergraph that is deployed while the gateway runs', () => {
  it('is served within seconds, and not one request under way fails', async () => {
    const answers: GraphAnswer[] = [];
    let isDeploying = true;
    const clients = Array.from({ length: 8 }, async () => {
      while (isDeploying)
        answers.push(await manager.ask('{ sites { edges { node { name company { name } clinic { name } } } } }'));
    });
    try {
      for (const sdl of [withoutLowStock, composed, withoutLowStock]) {
        deploy(sdl);
        await eventually(async () => (await hasLowStock()) === (sdl === composed));
      }
    } finally {
      isDeploying = false;
      await Promise.all(clients);
    }
    expect(answers.length).toBeGreaterThan(20);
    expect(new Set(answers.map(({ status, errors }) => `${status} ${JSON.stringify(errors)}`))).toEqual(
      new Set(['200 []']),
    );
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  });

  it('changes nothing when it cannot be served', async () => {
    deploy(composed);
    await eventually(hasLowStock);
    deploy(composed.slice(0, composed.length / 2));
    await eventually(() => platform.output().includes('cannot be served'));
    expect(await hasLowStock()).toBe(true);
  });
});
