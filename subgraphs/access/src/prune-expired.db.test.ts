import { fixedClock } from '@cauce/shared/clock';
import { silentLog } from '@cauce/shared/test/silent-log';
import { expect, it } from 'vitest';
import { createAccessDeps } from './access-deps.ts';
import { createPruneExpired } from './prune-expired.ts';
import { accessWorld } from './test/access-world.ts';

const clock = fixedClock(new Date('2026-11-20T04:20:00Z'));
const world = await accessWorld({ clock });
const { db } = world;
const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000);
const signal = new AbortController().signal;
const run = { jobId: 'j', attempt: 0, clock, log: silentLog, signal, reportProgress: () => {} };

it('what ended a quarter ago is forgotten, what is younger or goes on is kept', async () => {
  const user = await world.makeUser();
  const company = await world.makeCompany();
  const makeFamily = (name: string, data: { expiresAt: Date; revokedAt?: Date }) =>
    db.client.refreshTokenFamily.create({ data: { userId: user.id, userAgent: name, ...data } });
  await makeFamily('expired long ago', { expiresAt: daysAgo(91) });
  await makeFamily('ended long ago', { expiresAt: daysAgo(-10), revokedAt: daysAgo(91) });
  await makeFamily('ended lately', { expiresAt: daysAgo(10), revokedAt: daysAgo(89) });
  await makeFamily('goes on', { expiresAt: daysAgo(-30) });
  const webhook = await db.client.webhook.create({
    data: { companyId: company.id, url: 'https://x.example', secretEncrypted: 's' },
  });
  const states = [
    ['DELIVERED', 91],
    ['DEAD', 91],
    ['FAILED', 91],
    ['DELIVERED', 89],
  ] as const;
  for (const [eventId, [status, days]] of states.entries()) {
    await db.client.webhookDelivery.create({
      data: { webhookId: webhook.id, eventId, topic: 't', payload: {}, status, updatedAt: daysAgo(days) },
    });
  }
  await createPruneExpired(createAccessDeps(world.test.deps)).handle({}, run);
  const families = await db.client.refreshTokenFamily.findMany({ orderBy: { userAgent: 'asc' } });
  expect(families.map(({ userAgent }) => userAgent)).toEqual(['ended lately', 'goes on']);
  const deliveries = await db.client.webhookDelivery.findMany({ orderBy: { eventId: 'asc' } });
  expect(deliveries.map(({ eventId }) => Number(eventId))).toEqual([2, 3]);
});
