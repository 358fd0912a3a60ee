import { createHmac } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testAdmin } from '@cauce/shared/test/viewers';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAccessDeps } from '../access-deps.ts';
import { accessWorld } from '../test/access-world.ts';
import { httpReceiver } from '../test/http-receiver.ts';
import { createDeliverWebhook } from './deliver-webhook.ts';

const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await accessWorld({ clock });
const { answer, db, errorCode, test } = world;
const receiver = await httpReceiver();
const company = await world.makeCompany();
const [plant, clinic] = [await world.makeSite(company), await world.makeSite(company, 'CLINIC')];
const owner = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant, clinic] });
const viewer = world.viewerFor(owner, { companies: [company], sites: [plant, clinic] });
const hourMs = 60 * 60 * 1000;

const job = createDeliverWebhook(createAccessDeps(test.deps), { timeoutMs: 300 });
const run = { jobId: 'j', attempt: 0, clock, log: silentLog, signal: new AbortController().signal };
const deliver = (deliveryId: string) => job.handle({ deliveryId }, { ...run, reportProgress: () => {} });

const selections = {
  createWebhook: '... on CreatedWebhook { secret webhook { id } }',
  rotateWebhookSecret: '... on CreatedWebhook { secret webhook { id secretRotatedAt previousSecretEndsAt } }',
  testWebhook: '... on WebhookDelivery { id topic status payload }',
} as const;
interface Answered {
  readonly __typename: string;
  readonly id: string;
  readonly secret: string;
  readonly webhook: { readonly id: string };
}
const queryOf = (mutation: keyof typeof selections) =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) {
    __typename ${selections[mutation]} ... on Failure { reason } } }`;
const mutate = async (mutation: keyof typeof selections, input: object, by: Viewer = viewer) => {
  const { [mutation]: answered } = await answer<Record<string, Answered>>(queryOf(mutation), { input }, { viewer: by });
  if (answered === undefined) throw new Error('No answer');
  return answered;
};
const make = (more: object = {}) =>
  mutate('createWebhook', {
    ...{ companyId: company.id, url: `${receiver.url}/hook`, topics: ['telemetry.alertRaised'] },
    ...more,
  });

/** Which of the secrets have signed the last request, in the order of the header. */
const signedBy = (secrets: Readonly<Record<string, string>>): string[] => {
  const request = receiver.requests.at(-1);
  const [time = '', ...macs] = String(request?.headers['cauce-signature']).split(',');
  const unixSeconds = time.slice('t='.length);
  return macs.map((mac) => {
    const signer = Object.entries(secrets).find(
      ([, secret]) =>
        mac === `v1=${createHmac('sha256', secret).update(`${unixSeconds}.${request?.body}`).digest('hex')}`,
    );
    return signer?.[0] ?? 'nobody';
  });
};

beforeEach(() => {
  receiver.requests.length = 0;
  receiver.answerWith((response) => response.end('ok'));
});

describe('testWebhook', () => {
  it('sends a signed event that means nothing, logged like any other, also to a webhook that is kept to some sites', async () => {
    for (const siteIds of [[], [plant.id]]) {
      const { webhook, secret } = await make({ siteIds });
      const sent = await mutate('testWebhook', { id: webhook.id });
      expect(sent).toMatchObject({ __typename: 'WebhookDelivery', topic: 'webhook.test', status: 'PENDING' });
      await deliver(sent.id);
      expect(receiver.requests.at(-1)?.headers).toMatchObject({
        'cauce-event': 'webhook.test',
        'cauce-delivery': sent.id,
      });
      expect(signedBy({ secret })).toEqual(['secret']);
      const query = `{ webhookDeliveries(first: 1) { edges { node { id status tries { at responseStatus error durationMs } } } } }`;
      expect(await answer(query, {}, { viewer })).toMatchObject({
        webhookDeliveries: {
          edges: [{ node: { id: sent.id, status: 'DELIVERED', tries: [{ responseStatus: 200, error: null }] } }],
        },
      });
    }
  });

  it('can be asked for ten times a minute, by its owner, of a webhook that is on', async () => {
    const { webhook } = await make();
    const stranger = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant] });
    const by = world.viewerFor(stranger, { companies: [company], sites: [plant] });
    expect(await mutate('testWebhook', { id: webhook.id }, by)).toMatchObject({ __typename: 'NotFound' });
    for (let n = 0; n < 10; n++) await mutate('testWebhook', { id: webhook.id });
    const again = { input: { id: webhook.id } };
    expect(await errorCode(queryOf('testWebhook'), again, { viewer })).toBe('RATE_LIMITED');
    const off = await make();
    await db.client.webhook.update({ where: { id: off.webhook.id }, data: { isActive: false } });
    expect(await mutate('testWebhook', { id: off.webhook.id })).toMatchObject({ reason: 'WEBHOOK_OFF' });
  });
});

describe('a delivery that fails', () => {
  it('keeps every try, with what was answered and how long it took', async () => {
    const { webhook } = await make();
    const { id } = await mutate('testWebhook', { id: webhook.id });
    receiver.answerWith((response) => response.writeHead(503).end());
    await deliver(id);
    receiver.answerWith((response) => response.destroy());
    await deliver(id);
    receiver.answerWith((response) => response.end('ok'));
    await deliver(id);
    const tries = await db.client.webhookAttempt.findMany({ where: { deliveryId: id }, orderBy: { id: 'asc' } });
    expect(tries.map(({ responseStatus, error }) => responseStatus ?? error)).toEqual([503, 'NETWORK', 200]);
    for (const { durationMs } of tries) expect(durationMs).toBeGreaterThanOrEqual(0);
  });
});

describe('rotateWebhookSecret', () => {
  it('signs with both secrets for the overlap, and with the new one alone after it', async () => {
    const { webhook, secret: old } = await make();
    const rotated = await mutate('rotateWebhookSecret', { id: webhook.id, overlapHours: 3 });
    const { secret: fresh } = rotated;
    const endsAt = new Date(clock.now().getTime() + 3 * hourMs).toISOString();
    expect(rotated).toMatchObject({
      webhook: { secretRotatedAt: clock.now().toISOString(), previousSecretEndsAt: endsAt },
    });
    await deliver((await mutate('testWebhook', { id: webhook.id })).id);
    expect(signedBy({ old, fresh })).toEqual(['fresh', 'old']);
    clock.advance(3 * hourMs);
    await deliver((await mutate('testWebhook', { id: webhook.id })).id);
    expect(signedBy({ old, fresh })).toEqual(['fresh']);
  });

  it('never leaves more than two secrets, and one when no overlap is wanted', async () => {
    const { webhook, secret: first } = await make();
    const { secret: second } = await mutate('rotateWebhookSecret', { id: webhook.id });
    const { secret: third } = await mutate('rotateWebhookSecret', { id: webhook.id });
    await deliver((await mutate('testWebhook', { id: webhook.id })).id);
    expect(signedBy({ first, second, third })).toEqual(['third', 'second']);
    const { secret: fourth } = await mutate('rotateWebhookSecret', { id: webhook.id, overlapHours: 0 });
    await deliver((await mutate('testWebhook', { id: webhook.id })).id);
    expect(signedBy({ third, fourth })).toEqual(['fourth']);
  });

  it('is for the owner and who reaches everything; no secret is in the audit log', async () => {
    const { webhook, secret } = await make();
    const stranger = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant] });
    const by = world.viewerFor(stranger, { companies: [company], sites: [plant] });
    expect(await mutate('rotateWebhookSecret', { id: webhook.id }, by)).toMatchObject({ __typename: 'NotFound' });
    const { secret: fresh } = await mutate('rotateWebhookSecret', { id: webhook.id }, testAdmin());
    expect(fresh).toMatch(/^whsec_/);
    const { secretEncrypted } = await db.client.webhook.findUniqueOrThrow({ where: { id: webhook.id } });
    const { rows } = await db.pool.query(`SELECT string_agg(a::text, '') AS all FROM access.audit_log a`);
    for (const kept of [secret, fresh, secretEncrypted]) expect(rows[0].all).not.toContain(kept);
  });
});
