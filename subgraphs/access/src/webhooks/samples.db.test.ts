import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@cauce/shared/test/eventually';
import { freePort } from '@cauce/shared/test/free-port';
import { silentLog } from '@cauce/shared/test/silent-log';
import { afterAll, expect, it } from 'vitest';
import { createAccessDeps } from '../access-deps.ts';
import { accessWorld } from '../test/access-world.ts';
import { httpReceiver } from '../test/http-receiver.ts';
import { createDeliverWebhook } from './deliver-webhook.ts';
import { createRotateWebhookSecret } from './rotate-webhook-secret.ts';
import { createTestWebhook } from './test-webhook.ts';

const samples = join(import.meta.dirname, '../../../../docs/samples');
const world = await accessWorld();
const { deps } = world.test;
const company = await world.makeCompany();
const owner = await world.makeUser({ role: 'MANAGER', companies: [company] });
const by = world.scope({ viewer: world.viewerFor(owner, { companies: [company] }) });
const access = createAccessDeps(deps);
const job = createDeliverWebhook(access);
const run = { jobId: 'j', attempt: 0, clock: deps.clock, log: silentLog, signal: new AbortController().signal };

const receivers: ChildProcess[] = [];
afterAll(() => {
  for (const receiver of receivers) receiver.kill();
});

/** A webhook to the address, its secret, and a real delivery through it. */
async function makeWebhook(url: string) {
  const query = `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
    ... on CreatedWebhook { secret webhook { id } } } }`;
  const input = { companyId: company.id, url, topics: ['telemetry.alertRaised'] };
  const { createWebhook } = await world.answer<{ createWebhook: { secret: string; webhook: { id: string } } }>(
    query,
    { input },
    { viewer: by.viewer },
  );
  const send = async () => {
    const { id } = await createTestWebhook(access, job)(createWebhook.webhook.id, by);
    await job.handle({ deliveryId: id }, { ...run, reportProgress: () => {} });
    return world.db.client.webhookDelivery.findUniqueOrThrow({ where: { id } });
  };
  return { ...createWebhook, send };
}

/** The receiver that partners start from, as a program of its own. */
async function startReceiver(port: number, secret: string) {
  const child = spawn(process.execPath, [join(samples, 'receive-webhook.ts')], {
    env: { PATH: process.env.PATH, PORT: String(port), CAUCE_WEBHOOK_SECRET: secret },
  });
  receivers.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  await eventually(() => output.includes('listening'));
  return { output: () => output };
}

it('the TypeScript receiver believes a real delivery, also with the old secret while it is rotated, and no other', async () => {
  const [port, strangers] = [await freePort(), await freePort()];
  const { secret, webhook, send } = await makeWebhook(`http://127.0.0.1:${port}/`);
  const receiver = await startReceiver(port, secret);
  expect(await send()).toMatchObject({ status: 'DELIVERED', responseStatus: 204 });
  await eventually(() => receiver.output().includes('verified: webhook.test'));

  await createRotateWebhookSecret(access)({ id: webhook.id, overlapHours: 1 }, by);
  expect(await send()).toMatchObject({ status: 'DELIVERED', responseStatus: 204 });

  const other = await makeWebhook(`http://127.0.0.1:${strangers}/`);
  const stranger = await startReceiver(strangers, 'whsec_of-somebody-else');
  expect(await other.send()).toMatchObject({ status: 'FAILED', responseStatus: 401 });
  expect(stranger.output()).not.toContain('verified');
});

it('the Python sample believes a real delivery, and not one that was changed, or signed by somebody else, or is old', async () => {
  const receiver = await httpReceiver();
  const { secret, send } = await makeWebhook(receiver.url);
  await send();
  const [request] = receiver.requests;
  const signature = String(request?.headers['cauce-signature']);
  const verify = (withSecret: string, header: string, body: string) => {
    const { status, stdout, stderr } = spawnSync('python3', [join(samples, 'verify_webhook.py'), withSecret, header], {
      input: body,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return { status, said: stdout.trim() };
  };
  const body = request?.body ?? '';
  const refused = { status: 1, said: 'refused' };
  expect(verify(secret, signature, body)).toEqual({ status: 0, said: 'verified' });
  expect(verify(secret, signature, `${body} `)).toEqual(refused);
  expect(verify('whsec_of-somebody-else', signature, body)).toEqual(refused);
  expect(verify(secret, signature.replace(/t=\d+/, 't=1700000000'), body)).toEqual(refused);
  expect(verify(secret, 'v1=', body)).toEqual(refused);
});
