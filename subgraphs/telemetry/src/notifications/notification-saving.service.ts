import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { requireAllPoints } from '../places/reach-of-points.ts';
import { type SaveRecipientInput, saveNotificationRuleSchema, saveRecipientSchema } from './notification-input.ts';
import {
  findRecipient,
  findRecipients,
  type NotificationRuleView,
  type RecipientView,
  readRules,
} from './notifications.store.ts';
import { hookContext } from './send-notifications.ts';

/**
 * Registering and changing who is told of what. Each change is audited in its own transaction. Recipients are the whole
 * company's, and so are rules without a site or a point: who reaches all of its points changes them.
 */
export interface NotificationSaving {
  /** @throws NotFound, Conflict (`NAME_TAKEN`, `NOT_ALL_SITES`) or ValidationFailed */
  saveRecipient(input: unknown): Promise<RecipientView>;
  /** @throws NotFound, Conflict (`NAME_TAKEN`, `NOT_ALL_SITES`) or ValidationFailed */
  saveRule(input: unknown): Promise<NotificationRuleView>;
  /** Removes one with its place in every rule; what it was told stays in the log. @throws NotFound, Conflict */
  deleteRecipient(id: string): Promise<RecipientView>;
  /** @throws NotFound, Conflict */
  deleteRule(id: string): Promise<NotificationRuleView>;
}

export interface NotificationSavingDeps {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
  readonly secretBox: SecretBox;
}

export function createNotificationSaving({ client, actor, secretBox }: NotificationSavingDeps): NotificationSaving {
  return {
    async saveRecipient(input) {
      const { id: givenId, companyId: givenCompany, webhookUrl, ...given } = parseInput(saveRecipientSchema, input);
      return saving(client, async (tx) => {
        const before = givenId == null ? null : required(await findRecipient(tx, givenId), 'NotificationRecipient');
        const companyId = before?.companyId ?? companyOf(givenCompany, actor);
        await requireAllPoints(tx, actor.viewer, { companyId });
        const id = before?.id ?? crypto.randomUUID();
        // Left out, the hook stays; null removes it.
        const hook =
          webhookUrl === undefined
            ? {}
            : { webhookUrlEncrypted: webhookUrl === null ? null : secretBox.seal(webhookUrl, hookContext(id)) };
        const { email = null, phone = null, quietFromMinute = null, quietToMinute = null } = given;
        const hasHook = webhookUrl === undefined ? before?.hasWebhook === true : webhookUrl !== null;
        if (email === null && phone === null && !hasHook) throw unreachable();
        const data = { name: given.name, email, phone, quietFromMinute, quietToMinute, ...hook, ...chosen(given) };
        if (before === null) await tx.notificationRecipient.create({ data: { id, companyId, ...data } });
        else await tx.notificationRecipient.update({ where: { id }, data });
        const after = required(await findRecipient(tx, id), 'NotificationRecipient');
        await recordAudit(tx, actor, {
          action: 'telemetry.saveNotificationRecipient',
          ...{ entityType: 'NotificationRecipient', entityId: id, companyId, before, after },
        });
        return after;
      });
    },

    async saveRule(input) {
      const {
        id: givenId,
        companyId: givenCompany,
        recipientIds,
        ...given
      } = parseInput(saveNotificationRuleSchema, input);
      return saving(client, async (tx) => {
        const before = givenId == null ? null : await changeableRule(tx, actor, givenId);
        const companyId = before?.companyId ?? companyOf(givenCompany, actor);
        const recipients = await findRecipients(tx, { companyId, id: { in: recipientIds } });
        if (recipients.length < new Set(recipientIds).size) throw new NotFound('NotificationRecipient');
        const { siteId = null, pointId = null, name, events, channels } = given;
        if (pointId !== null) await requirePoint(tx, pointId, companyId);
        if (siteId !== null && !reaches(actor.viewer.siteIds, siteId)) throw new NotFound('Site');
        if (siteId === null && pointId === null) await requireAllPoints(tx, actor.viewer, { companyId });
        const data = {
          ...{ name, siteId, pointId, events: [...new Set(events)], channels: [...new Set(channels)] },
          ...(given.minimumSeverity == null ? {} : { minimumSeverity: given.minimumSeverity }),
          ...(given.isActive == null ? {} : { isActive: given.isActive }),
        };
        const links = { create: recipients.map(({ id }) => ({ recipientId: id })) };
        const createdBy = actor.viewer.userId;
        const { id } =
          before === null
            ? await tx.notificationRule.create({ data: { companyId, createdBy, ...data, recipients: links } })
            : await tx.notificationRule.update({
                where: { id: before.id },
                data: { ...data, recipients: { deleteMany: {}, ...links } },
              });
        const after = required((await readRules(tx, actor.viewer, id))[0], 'NotificationRule');
        await recordAudit(tx, actor, {
          action: 'telemetry.saveNotificationRule',
          ...{ entityType: 'NotificationRule', entityId: id, companyId, before, after },
        });
        return after;
      });
    },

    deleteRecipient: (id) =>
      client.$transaction(async (tx) => {
        const before = required(await findRecipient(tx, id), 'NotificationRecipient');
        await requireAllPoints(tx, actor.viewer, { companyId: before.companyId });
        await tx.notificationRecipient.delete({ where: { id } });
        await recordAudit(tx, actor, {
          action: 'telemetry.deleteNotificationRecipient',
          ...{ entityType: 'NotificationRecipient', entityId: id, companyId: before.companyId, before, after: null },
        });
        return before;
      }),

    deleteRule: (id) =>
      client.$transaction(async (tx) => {
        const before = await changeableRule(tx, actor, id);
        await tx.notificationRule.delete({ where: { id } });
        await recordAudit(tx, actor, {
          action: 'telemetry.deleteNotificationRule',
          ...{ entityType: 'NotificationRule', entityId: id, companyId: before.companyId, before, after: null },
        });
        return before;
      }),
  };
}

async function changeableRule(
  tx: ScopedTransaction,
  { viewer }: AuditActor,
  id: string,
): Promise<NotificationRuleView> {
  const rule = required((await readRules(tx, viewer, id))[0], 'NotificationRule');
  const { siteId, pointId, companyId } = rule;
  if (siteId === null && pointId === null) await requireAllPoints(tx, viewer, { companyId });
  return rule;
}

async function saving<Value>(client: ScopedClient, work: (tx: ScopedTransaction) => Promise<Value>): Promise<Value> {
  try {
    return await client.$transaction(work);
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('NAME_TAKEN', 'The company has one of this name already');
    throw error;
  }
}

function companyOf(companyId: string | null | undefined, { viewer }: AuditActor): string {
  if (companyId == null) {
    throw new ValidationFailed([{ path: 'companyId', code: 'REQUIRED', message: 'say whose it is' }]);
  }
  if (!reaches(viewer.companyIds, companyId)) throw new NotFound('Company');
  return companyId;
}

async function requirePoint(tx: ScopedTransaction, id: string, companyId: string): Promise<void> {
  const point = await tx.catchmentPoint.findFirst({ where: { id, companyId, deletedAt: null }, select: { id: true } });
  if (point === null) throw new NotFound('CatchmentPoint');
}

/** What is left out, or null, stays as it is; Postgres knows what it is at first. */
function chosen({ language, timeZone, digest, isActive }: Omit<SaveRecipientInput, 'id' | 'companyId'>) {
  return {
    ...(language == null ? {} : { language }),
    ...(timeZone == null ? {} : { timeZone }),
    ...(digest == null ? {} : { digest }),
    ...(isActive == null ? {} : { isActive }),
  };
}

function required<Value>(value: Value | null | undefined, entity: string): Value {
  if (value == null) throw new NotFound(entity);
  return value;
}

function unreachable(): ValidationFailed {
  const message = 'give an address, a number or a hook';
  return new ValidationFailed([{ path: 'email', code: 'REQUIRED', message }]);
}
