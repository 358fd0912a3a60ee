import type { ErpInstallation as ErpInstallationRow } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { isTimeZone } from '@cauce/shared/time-zone';
import { z } from 'zod';
import type { InventoryEnv } from '../env.ts';
import { nextRun } from './cron.ts';
import { entityLabels, erpEntities } from './erp-entity.ts';
import { ErpFailure } from './erp-failure.ts';
import { erpMappingSchema } from './erp-mapping.ts';
import {
  microsipAddress,
  microsipConnectionSchema,
  reachableHost,
  sampleConnectionSchema,
  sealPassword,
} from './installation-settings.ts';
import { auditMicrosip, type ErpAudit } from './microsip/audit.ts';
import type { FirebirdCharset } from './microsip/firebird-charset.ts';
import { type FirebirdAddress, openFirebird } from './microsip/firebird-link.ts';

/** An ERP as those see it who look after its copy; its password is never among it. */
export interface ErpSettings {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly companyId: string;
  readonly kind: 'MICROSIP' | 'SAMPLE';
  readonly connection: unknown;
  readonly hasPassword: boolean;
  readonly timeZone: string;
  readonly isActive: boolean;
  readonly mapping: unknown;
  readonly mappingConfirmedAt: Date | null;
  readonly audit: ErpAudit | null;
  readonly auditedAt: Date | null;
  readonly lastCheckedAt: Date | null;
  readonly lastCheckError: string | null;
  readonly updatedAt: Date;
}

export interface Installations {
  list(): Promise<ErpSettings[]>;
  /** @throws NotFound, Conflict (`CODE_TAKEN`, `STALE`, `PASSWORD_NEEDED`) or ValidationFailed */
  save(input: unknown): Promise<ErpSettings>;
  /** Looks at the ERP and keeps what was found. @throws NotFound or Conflict (the ERP's failure) */
  audit(id: string): Promise<ErpSettings>;
  /** Confirms how the ERP is read; the next runs copy everything. @throws NotFound, Conflict or ValidationFailed */
  saveMapping(id: string, mapping: unknown): Promise<ErpSettings>;
}

export interface InstallationsDeps extends Pick<Deps, 'clock' | 'settings'> {
  readonly client: ScopedClient;
  readonly secretBox: SecretBox;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
  readonly env: InventoryEnv;
}

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{C}*$/u, 'must hold no control characters');

const saveSchema = z.object({
  id: z.uuid().nullish(),
  expectedUpdatedAt: z.date().nullish(),
  companyId: z.uuid().nullish(),
  kind: z.enum(['MICROSIP', 'SAMPLE']),
  code: text(40),
  name: text(120),
  timeZone: text(60).refine(isTimeZone, 'must be a zone such as America/Mexico_City'),
  isActive: z.boolean().nullish(),
  connection: z.unknown(),
  password: z.string().min(1).max(200).nullish(),
});

/** An audit reads samples of everything; a person is waiting. */
const auditMs = 120_000;

export function createInstallations(deps: InstallationsDeps): Installations {
  const { client, clock, secretBox, actor, env } = deps;
  const find = async (id: string) => {
    const row = isUuid(id) ? await client.erpInstallation.findFirst({ where: { id } }) : null;
    if (row === null) throw new NotFound('ErpInstallation');
    return row;
  };

  return {
    list: async () => (await client.erpInstallation.findMany({ orderBy: { code: 'asc' } })).map(toSettings),

    async save(input) {
      const { id, expectedUpdatedAt, companyId, kind, code, name, timeZone, isActive, ...given } = parseInput(
        saveSchema,
        input,
      );
      const connection = checkConnection(kind, given.connection);
      const before = id == null ? null : await find(id);
      if (before === null && companyId == null)
        throw new ValidationFailed([{ path: 'companyId', code: 'REQUIRED', message: 'say whose it is' }]);
      if (companyId != null && !reaches(actor.viewer.companyIds, companyId)) throw new NotFound('Company');
      if (before !== null && before.kind !== kind) throw new Conflict('KIND_IS_FIXED', 'Its kind cannot be changed');
      if (expectedUpdatedAt && before && expectedUpdatedAt.getTime() !== before.updatedAt.getTime()) throw stale();
      // A password goes to where it was given for, and nowhere else.
      const isMoved = before !== null && addressOf(before.connection) !== addressOf(connection);
      if (kind === 'MICROSIP' && given.password == null && (before?.credentialsEncrypted == null || isMoved))
        throw new Conflict('PASSWORD_NEEDED', 'Give the password: the ERP is new or at another place');
      const data = { code, name, timeZone, connection, ...(isActive == null ? {} : { isActive }) };
      try {
        const after = await client.$transaction(async (tx) => {
          const row =
            before ??
            (await tx.erpInstallation.create({
              data: { ...data, kind, companyId: companyId ?? '', ...confirmed(kind, clock.now()) },
            }));
          const sealed =
            given.password == null ? {} : { credentialsEncrypted: sealPassword(secretBox, row.id, given.password) };
          // What was decided above was decided of this version: nobody else's password goes to this address.
          const where = { id: row.id, updatedAt: row.updatedAt };
          const { count } = await tx.erpInstallation.updateMany({ where, data: { ...data, ...sealed } });
          if (count === 0) throw stale();
          const saved = await tx.erpInstallation.findFirstOrThrow({ where: { id: row.id } });
          if (before === null) await addSchedules(tx, saved, env, clock.now());
          if (isMoved) await forgetBookmarks(tx, row.id);
          await recordAudit(tx, actor, {
            ...{ action: 'inventory.saveErpInstallation', entityType: 'ErpInstallation', entityId: row.id },
            ...{ companyId: row.companyId, before: before && toSettings(before) },
            after: { ...toSettings(saved), isPasswordChanged: given.password != null },
          });
          return saved;
        });
        return toSettings(after);
      } catch (error) {
        if (isUniqueViolation(error)) throw new Conflict('CODE_TAKEN', 'There is an ERP of this code already');
        throw error;
      }
    },

    async audit(id) {
      const row = await find(id);
      if (row.kind !== 'MICROSIP') throw new Conflict('NOTHING_TO_AUDIT', 'The sample has no schema of its own');
      const open = { secretBox, now: clock.now, isPrivateNetworkAllowed: deps.settings.isPrivateNetworkAllowed };
      const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(auditMs)]);
      let audit: ErpAudit | null = null;
      let failure: ErpFailure | null = null;
      try {
        const address = microsipAddress(open, { ...row, kind: row.kind });
        const host = await reachableHost(address.host, open);
        audit = await auditIn({ ...address, host }, signal);
      } catch (error) {
        if (!(error instanceof ErpFailure)) throw error;
        failure = error;
      }
      const after = await client.$transaction(async (tx) => {
        const checked = {
          lastCheckedAt: clock.now(),
          lastCheckError: failure === null ? null : `${failure.kind}: ${failure.message}`,
        };
        const found = audit === null ? {} : { audit: JSON.parse(JSON.stringify(audit)), auditedAt: clock.now() };
        const saved = await tx.erpInstallation.update({ where: { id: row.id }, data: { ...checked, ...found } });
        await recordAudit(tx, actor, {
          ...{
            action: 'inventory.auditErp',
            entityType: 'ErpInstallation',
            entityId: row.id,
            companyId: row.companyId,
          },
          after: { outcome: failure?.kind ?? 'OK', doubts: audit?.doubts.length ?? null },
        });
        return saved;
      });
      if (failure !== null) throw new Conflict(failure.kind, failure.message);
      return toSettings(after);
    },

    async saveMapping(id, given) {
      const before = await find(id);
      const mapping = parseInput(erpMappingSchema, given);
      return client.$transaction(async (tx) => {
        const after = await tx.erpInstallation.update({
          where: { id: before.id },
          data: { mapping: JSON.parse(JSON.stringify(mapping)), mappingConfirmedAt: clock.now() },
        });
        await forgetBookmarks(tx, before.id);
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.saveErpMapping', entityType: 'ErpInstallation', entityId: before.id },
          ...{ companyId: before.companyId, before: before.mapping, after: mapping },
        });
        return toSettings(after);
      });
    },
  };
}

const stale = () => new Conflict('STALE', 'It was changed by somebody else meanwhile: read it again');

/** What the ERP calls a row may be something else now: the next run of each kind reads everything. */
async function forgetBookmarks(tx: ScopedTransaction, id: string): Promise<void> {
  await unscoped(tx).$executeRaw`DELETE FROM inventory.sync_bookmarks WHERE installation_id = ${id}::uuid`;
}

/** Looks once to learn the character set, and again in it where it is another. */
async function auditIn(address: Omit<FirebirdAddress, 'charset'>, signal: AbortSignal): Promise<ErpAudit> {
  const look = async (charset: FirebirdCharset) => {
    const link = await openFirebird({ ...address, charset }, signal);
    try {
      return await auditMicrosip(link);
    } finally {
      await link.close();
    }
  };
  const first = await look('WIN1252');
  const { charset } = first.mapping;
  return charset === 'WIN1252' || charset === 'NONE' ? first : look(charset);
}

function checkConnection(kind: 'MICROSIP' | 'SAMPLE', connection: unknown) {
  const parsed = (kind === 'MICROSIP' ? microsipConnectionSchema : sampleConnectionSchema).safeParse(connection ?? {});
  if (parsed.success) return parsed.data;
  throw new ValidationFailed(
    parsed.error.issues.map(({ path, code, message }) => ({
      path: ['connection', ...path].join('.'),
      code: code.toUpperCase(),
      message,
    })),
  );
}

const placeSchema = z.object({ host: z.string(), port: z.number(), database: z.string(), user: z.string() });

/** Where a password goes; null where there is none. */
function addressOf(connection: unknown): string | null {
  const place = placeSchema.safeParse(connection);
  return place.success ? JSON.stringify(place.data) : null;
}

/** The sample needs nobody to say how it is read. */
const confirmed = (kind: 'MICROSIP' | 'SAMPLE', now: Date) => (kind === 'SAMPLE' ? { mappingConfirmedAt: now } : {});

/** They wait until the mapping is confirmed. */
async function addSchedules(
  tx: ScopedTransaction,
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  { syncCrons, fullCron }: InventoryEnv,
  now: Date,
): Promise<void> {
  const every = erpEntities.flatMap((entity) => [
    { entity, mode: 'INCREMENTAL', cron: syncCrons[entity] },
    { entity, mode: 'FULL', cron: fullCron },
  ]);
  for (const { entity, mode, cron } of every) {
    // Past the scope, which looks for their ERP outside of this transaction.
    await unscoped(tx).$executeRaw`
      INSERT INTO inventory.sync_schedules (installation_id, entity, mode, cron, next_run_at, updated_at)
      VALUES (${id}::uuid, ${entityLabels[entity]}::inventory.sync_entity, ${mode}::inventory.sync_mode, ${cron},
        ${nextRun(cron, timeZone, now)}, ${now})`;
  }
}

function toSettings(row: ErpInstallationRow): ErpSettings {
  const { id, code, name, companyId, kind, connection, timeZone, isActive, mapping, mappingConfirmedAt } = row;
  const { auditedAt, lastCheckedAt, lastCheckError, updatedAt } = row;
  return {
    ...{ id, code, name, companyId, kind, connection, timeZone, isActive, mapping, mappingConfirmedAt },
    ...{ auditedAt, lastCheckedAt, lastCheckError, updatedAt },
    hasPassword: row.credentialsEncrypted !== null,
    audit: readAudit(row.audit),
  };
}

/** Written by us; of an older version it is as if there were none. */
function readAudit(value: unknown): ErpAudit | null {
  return isAudit(value) ? value : null;
}

function isAudit(value: unknown): value is ErpAudit {
  return typeof value === 'object' && value !== null && 'mapping' in value && 'doubts' in value && 'samples' in value;
}
