import { createHttpClient } from '@cauce/shared/http/create-http-client';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startSmsStandIn } from '../../test-support/sms-stand-in.ts';
import { startSmtpStandIn } from '../../test-support/smtp-stand-in.ts';
import { createEmailCarrier } from './email-carrier.ts';
import { createHookCarrier } from './hook-carrier.ts';
import { createSmsCarrier, twilioSettings } from './sms-carrier.ts';

const mailServer = await startSmtpStandIn();
const service = await startSmsStandIn();
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
const http = createHttpClient({ log: silentLog, metrics, isPrivateNetworkAllowed: true });
const guarded = createHttpClient({ log: silentLog, metrics, isPrivateNetworkAllowed: false });
afterAll(async () => {
  await Promise.all([mailServer.close(), service.close(), http.close(), guarded.close()]);
});
beforeEach(() => {
  mailServer.fault = 'none';
  service.answer = 201;
});

const message = {
  ...{ id: '0197-a', to: 'turno@planta.example', event: 'ALERT_OPENED' },
  ...{ subject: 'Atención: POZO-1, señal', body: 'Pozo Ñuble\r\nDesde las 14:05' },
};
const email = createEmailCarrier({ smtpUrl: mailServer.url, from: 'Cauce <avisos@cauce.example>', timeoutMs: 400 });
afterAll(() => email.close());

describe('e-mail', () => {
  it('is delivered with an id by which a second try is known, and its text as it was written', async () => {
    expect(await email.send(message)).toEqual({ kind: 'sent' });
    const mail = mailServer.mails.at(-1);
    expect(mail?.to).toBe('turno@planta.example');
    expect(mail?.raw).toContain('Message-ID: <0197-a@cauce.invalid>');
    expect(mail?.raw).toContain('X-Cauce-Event: ALERT_OPENED');
    expect(mail?.raw.replaceAll(/=\r?\n/g, '')).toContain('=C3=91uble');
  });
  it('is tried again after a 4xx, and never after a 5xx', async () => {
    mailServer.fault = 'busy';
    expect(await email.send(message)).toEqual({ kind: 'failed', error: 'SMTP_451', isFinal: false });
    mailServer.fault = 'unknownMailbox';
    expect(await email.send(message)).toEqual({ kind: 'failed', error: 'SMTP_550', isFinal: true });
  });
  it('is tried again when the answer is lost, or never comes, or nobody listens', async () => {
    mailServer.fault = 'dropAfterAccept';
    expect(await email.send(message)).toMatchObject({ kind: 'failed', isFinal: false });
    mailServer.fault = 'silent';
    expect(await email.send(message)).toMatchObject({ kind: 'failed', isFinal: false });
    const nobody = createEmailCarrier({ smtpUrl: 'smtp://127.0.0.1:9', from: 'a@b.example', timeoutMs: 400 });
    expect(await nobody.send(message)).toMatchObject({ kind: 'failed', isFinal: false });
    nobody.close();
  });
  it('adds no header that a name or a subject smuggles in', async () => {
    await email.send({ ...message, subject: 'Pozo\r\nBcc: victim@planta.example' });
    expect(mailServer.mails.at(-1)?.raw).not.toMatch(/^Bcc:/m);
    expect(mailServer.mails.map(({ to }) => to)).not.toContain('victim@planta.example');
  });
});

describe('a text message', () => {
  const described = createSmsCarrier(
    {
      url: `${service.url}/send`,
      headers: { 'x-key': 'k' },
      format: 'json',
      fields: { para: '{to}', texto: '{text}' },
    },
    http,
  );
  it('is posted as the service is described', async () => {
    expect(await described.send({ ...message, to: '+56900000001' })).toEqual({ kind: 'sent' });
    const post = service.posts.at(-1);
    expect(post).toMatchObject({ path: '/send', headers: { 'x-key': 'k', 'idempotency-key': '0197-a' } });
    expect(JSON.parse(post?.body ?? '')).toEqual({
      para: '+56900000001',
      texto: `${message.subject}\n${message.body}`,
    });
  });
  it('is posted to Twilio as Twilio wants it', async () => {
    const account = { accountSid: 'AC1', authToken: 's3cret', from: '+15550000000', baseUrl: service.url };
    await createSmsCarrier(twilioSettings(account), http).send({ ...message, to: '+56900000001' });
    const post = service.posts.at(-1);
    expect(post?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(post?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:s3cret').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(post?.body))).toMatchObject({
      ...{ To: '+56900000001', From: '+15550000000' },
      Body: `${message.subject}\n${message.body}`,
    });
  });
  it('is given up when it is refused, and tried again when the service is not well', async () => {
    service.answer = 400;
    expect(await described.send(message)).toEqual({ kind: 'failed', error: 'HTTP_400', isFinal: true });
    service.answer = 429;
    expect(await described.send(message)).toEqual({ kind: 'failed', error: 'HTTP_429', isFinal: false });
    service.answer = 'drop';
    expect(await described.send(message)).toEqual({ kind: 'failed', error: 'NETWORK', isFinal: false });
  });
});

describe('a hook', () => {
  it('is called with a text that team chats show', async () => {
    const outcome = await createHookCarrier(http).send({ ...message, to: `${service.url}/hooks/T0/secret` });
    expect(outcome).toEqual({ kind: 'sent' });
    expect(JSON.parse(service.posts.at(-1)?.body ?? '')).toMatchObject({ text: `${message.subject}\n${message.body}` });
  });
  it('is never called inside our network', async () => {
    const before = service.posts.length;
    const outcome = await createHookCarrier(guarded).send({ ...message, to: `${service.url}/hooks/T0/secret` });
    expect(outcome).toEqual({ kind: 'failed', error: 'PRIVATE_ADDRESS', isFinal: false });
    expect(service.posts).toHaveLength(before);
  });
});
