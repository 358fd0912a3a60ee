import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { requireAllPoints } from '../places/reach-of-points.ts';
import { mergeCredentials } from './merge-credentials.ts';
import { deviceIdFor, refuseClaimedDevices, saveDevices } from './provider-devices.store.ts';
import { type SaveProviderInput, saveProviderSchema } from './provider-input.ts';
import {
  connectionSchemas,
  credentialsContext,
  credentialsSchema,
  isPulled,
  listenedSchemas,
  originOf,
} from './provider-settings.ts';
import { findProvider, type ProviderView } from './providers.store.ts';
import { openCredentials } from './run-provider.ts';

/** Registering, changing, pausing and resuming providers. Each change is audited in its own transaction. */
export interface ProviderSaving {
  /** @throws NotFound, Conflict (`NAME_TAKEN`, `STALE`, `CREDENTIALS_NEEDED`, `NOT_ALL_SITES`, ...) or ValidationFailed */
  save(input: unknown): Promise<ProviderView>;
  /** @throws NotFound, Conflict (`NOT_ALL_SITES`) */
  setActive(id: string, isActive: boolean): Promise<ProviderView>;
}

export interface ProviderSavingDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly secretBox: SecretBox;
  /** Whether plain http to private networks is allowed. */
  readonly isPrivateNetworkAllowed: boolean;
}

/** What the schedule of a provider's readings is called. */
const scheduleName = 'Lecturas';

export function createProviderSaving(deps: ProviderSavingDeps): ProviderSaving {
  const { client, clock, actor } = deps;
  return {
    async save(input) {
      const given = parseInput(saveProviderSchema, input);
      const connection = checkConnection(given, deps);
      try {
        return await client.$transaction(async (tx) => {
          const before = given.id == null ? null : await findProvider(tx, given.id);
          if (given.id != null && before === null) throw new NotFound('Provider');
          if (before !== null) await requireReach(tx, actor, before.id);
          const id =
            before === null
              ? await insert(tx, deps, given, connection)
              : await replace(tx, deps, given, connection, before);
          if (given.devices != null) {
            const companyId = before?.companyId ?? given.companyId ?? '';
            await saveDevices(tx, { id, companyId }, devicesOf(given));
          }
          await refuseClaimedDevices(tx, id);
          if (before !== null) await runSoon(tx, id, given.intervalSeconds ?? null, clock.now());
          const after = await findProvider(tx, id);
          if (after === null) throw new NotFound('Provider');
          await recordAudit(tx, actor, {
            ...{ action: 'telemetry.saveProvider', entityType: 'Provider', entityId: id, companyId: after.companyId },
            ...{
              before,
              after: { ...after, areCredentialsChanged: given.credentials != null, devices: given.devices },
            },
          });
          return after;
        });
      } catch (error) {
        if (isUniqueViolation(error))
          throw new Conflict(
            'NAME_TAKEN',
            'The company has a provider or a device of this name already, or the scope is taken',
          );
        throw error;
      }
    },

    setActive: (id, isActive) =>
      client.$transaction(async (tx) => {
        const before = await findProvider(tx, id);
        if (before === null) throw new NotFound('Provider');
        await requireReach(tx, actor, id);
        await tx.provider.update({ where: { id }, data: { isActive } });
        // It begins at once: what it missed is waiting.
        if (isActive)
          await tx.providerSchedule.updateMany({
            where: { providerId: id },
            data: { nextRunAt: clock.now(), failures: 0 },
          });
        const after = await findProvider(tx, id);
        if (after === null) throw new NotFound('Provider');
        await recordAudit(tx, actor, {
          action: isActive ? 'telemetry.resumeProvider' : 'telemetry.pauseProvider',
          ...{ entityType: 'Provider', entityId: id, companyId: after.companyId, before, after },
        });
        return after;
      }),
  };
}

/** What is changed of an account is changed for every point that it speaks for. */
function requireReach(tx: ScopedTransaction, { viewer }: AuditActor, providerId: string): Promise<void> {
  return requireAllPoints(tx, viewer, { providerId });
}

function devicesOf({ kind, devices }: SaveProviderInput) {
  return (devices ?? []).map((device) => ({ ...device, deviceId: deviceIdFor(kind, device.deviceId) }));
}

function checkConnection({ kind, connection }: SaveProviderInput, { isPrivateNetworkAllowed }: ProviderSavingDeps) {
  const schema = isPulled(kind) ? connectionSchemas[kind] : listenedSchemas[kind];
  const parsed = schema.safeParse(connection ?? {});
  if (!parsed.success) {
    throw new ValidationFailed(
      parsed.error.issues.map(({ path, code, message }) => ({
        path: ['connection', ...path].join('.'),
        code: code.toUpperCase(),
        message,
      })),
    );
  }
  const origin = originOf(parsed.data);
  if (origin !== null && !origin.startsWith('https:') && !isPrivateNetworkAllowed) {
    throw new ValidationFailed([{ path: 'connection', code: 'HTTPS_NEEDED', message: 'must begin with https://' }]);
  }
  return parsed.data;
}

type Connection = ReturnType<typeof checkConnection>;

async function insert(
  tx: ScopedTransaction,
  deps: ProviderSavingDeps,
  given: SaveProviderInput,
  connection: Connection,
) {
  const { companyId, name, kind, isTesting, credentials, intervalSeconds } = given;
  if (companyId == null)
    throw new ValidationFailed([{ path: 'companyId', code: 'REQUIRED', message: 'say whose it is' }]);
  if (!reaches(deps.actor.viewer.companyIds, companyId)) throw new NotFound('Company');
  const schedule = { name: scheduleName, intervalSeconds: intervalSeconds ?? 300, nextRunAt: deps.clock.now() };
  const schedules = isPulled(kind) ? { schedules: { create: schedule } } : {};
  const { id } = await tx.provider.create({
    data: { companyId, name, kind, connection, isTesting: isTesting ?? false, ...schedules },
    select: { id: true },
  });
  if (credentials != null) {
    const merged = mergeCredentials(credentialsSchema.parse({}), credentials);
    const credentialsEncrypted = deps.secretBox.seal(JSON.stringify(merged), credentialsContext(id));
    await tx.provider.update({ where: { id }, data: { credentialsEncrypted } });
  }
  return id;
}

async function replace(
  tx: ScopedTransaction,
  deps: ProviderSavingDeps,
  given: SaveProviderInput,
  connection: Connection,
  before: ProviderView,
): Promise<string> {
  const { id, updatedAt } = before;
  const { expectedUpdatedAt, companyId, name, kind, isTesting, credentials } = given;
  if (companyId != null && companyId !== before.companyId)
    throw new Conflict('OTHER_COMPANY', 'A provider stays with its company');
  if (expectedUpdatedAt && expectedUpdatedAt.getTime() !== updatedAt.getTime()) throw stale();
  // Who may change the address must not thereby learn the credentials: they go where they were given for.
  const isMoved = originOf(connection) !== originOf(before.connection) || kind !== before.kind;
  if (isMoved && before.hasCredentials && credentials == null) {
    throw new Conflict('CREDENTIALS_NEEDED', 'Give the credentials again for another address or kind');
  }
  let credentialsEncrypted: string | undefined;
  if (credentials != null) {
    const row = await tx.provider.findFirst({ where: { id }, select: { id: true, credentialsEncrypted: true } });
    const kept = isMoved || row === null ? credentialsSchema.parse({}) : openCredentials(deps.secretBox, row);
    credentialsEncrypted = deps.secretBox.seal(
      JSON.stringify(mergeCredentials(kept, credentials)),
      credentialsContext(id),
    );
  }
  const { count } = await tx.provider.updateMany({
    where: { id, updatedAt },
    data: {
      ...{ name, kind, connection },
      ...(isTesting == null ? {} : { isTesting }),
      ...(credentialsEncrypted === undefined ? {} : { credentialsEncrypted }),
    },
  });
  if (count === 0) throw stale();
  return id;
}

async function runSoon(tx: ScopedTransaction, providerId: string, intervalSeconds: number | null, now: Date) {
  // A change is tried out at once, whatever it was that failed before.
  const interval = intervalSeconds === null ? {} : { intervalSeconds };
  await tx.providerSchedule.updateMany({ where: { providerId }, data: { ...interval, nextRunAt: now, failures: 0 } });
}

const stale = () => new Conflict('STALE', 'The provider was changed by somebody else meanwhile: read it again');
