import type { ComplianceSource } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { registrationContext } from '../ledger/run-ledger.ts';
import { RegistrationProblem } from '../regulators/regulator.ts';
import { regulators } from '../regulators/regulators.ts';
import { type Registration, saveRegistrationSchema } from './registration.ts';
import { findRegistration } from './registrations.store.ts';
import { settleWaiting } from './settle-waiting.ts';

/** Registering points at regulators, and who lets them be reported. Each change is audited in its transaction. */
export interface Registrations {
  /** Regulators that points can be registered at, by code. */
  sources(): Promise<readonly ComplianceSource[]>;
  /** @throws NotFound or ValidationFailed */
  save(input: unknown): Promise<Registration>;
  /** @throws NotFound */
  quiet(id: string, mode: 'OFF' | 'SHADOW'): Promise<Registration>;
  /** @throws NotFound, Conflict (`PERSON_NEEDED`, `ALREADY_LIVE`, `STOPPED`, `CREDENTIALS_NEEDED`) */
  requestLive(id: string): Promise<Registration>;
  /** @throws NotFound, Conflict (`PERSON_NEEDED`, `NOT_REQUESTED`, `SAME_PERSON`) */
  approveLive(id: string): Promise<Registration>;
}

export interface RegistrationsDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly actor: AuditActor;
}

/** Nobody's word holds for what the registration was not when they gave it. */
const withoutConsent = {
  ...{ liveRequestedBy: null, liveRequestedAt: null, liveApprovedBy: null, liveApprovedAt: null },
};

export function createRegistrations({ client, clock, secretBox, actor }: RegistrationsDeps): Registrations {
  const change = (
    action: string,
    id: string,
    decide: (before: Registration) => Parameters<ScopedTransaction['complianceConfig']['updateMany']>[0]['data'],
    andThen: (tx: ScopedTransaction) => Promise<void> = async () => {},
  ): Promise<Registration> =>
    client.$transaction(async (tx) => {
      const before = await findRegistration(tx, { id: onlyUuids([id])[0] ?? noId });
      if (before === null) throw new NotFound('ComplianceRegistration');
      const { count } = await tx.complianceConfig.updateMany({
        where: { id, updatedAt: before.updatedAt },
        data: decide(before),
      });
      if (count === 0) throw stale();
      await andThen(tx);
      return finish(tx, action, before, { id });
    });

  const finish = async (
    tx: ScopedTransaction,
    action: string,
    before: Registration | null,
    where: Parameters<typeof findRegistration>[1],
  ): Promise<Registration> => {
    const after = await findRegistration(tx, where);
    const point = after && (await tx.catchmentPoint.findFirst({ where: { id: after.pointId } }));
    if (!after || !point) throw new NotFound('ComplianceRegistration');
    const { siteId, companyId } = point;
    const entity = { entityType: 'ComplianceRegistration', entityId: after.id };
    await recordAudit(tx, actor, { action: `telemetry.${action}`, ...entity, siteId, companyId, before, after });
    return after;
  };

  return {
    sources: () =>
      client.complianceSource.findMany({
        where: { isActive: true, code: { in: [...regulators.keys()] } },
        orderBy: { code: 'asc' },
      }),
    save(input) {
      const given = parseInput(saveRegistrationSchema, input);
      return client.$transaction(async (tx) => {
        const point = await tx.catchmentPoint.findFirst({ where: { id: given.pointId } });
        const source = await tx.complianceSource.findFirst({ where: { code: given.sourceCode, isActive: true } });
        if (point === null) throw new NotFound('CatchmentPoint');
        if (source === null) throw new NotFound('ComplianceSource');
        checkRegistration(given);
        const where = { pointId: point.id, sourceId: source.id };
        const before = await findRegistration(tx, where);
        const data = {
          identifiers: asJson(given.identifiers),
          config: asJson(given.config ?? {}),
          ...(given.maximumAttempts == null ? {} : { maximumAttempts: given.maximumAttempts }),
        };
        const id =
          before?.id ??
          (
            await tx.complianceConfig.create({
              data: { ...data, ...where, startsAt: clock.now() },
              select: { id: true },
            })
          ).id;
        const sealed =
          given.credentials == null
            ? {}
            : { credentialsEncrypted: secretBox.seal(JSON.stringify(given.credentials), registrationContext(id)) };
        // A live point goes back to the shadow until two people have seen what it is now.
        const mode = before?.mode === 'OFF' ? 'OFF' : 'SHADOW';
        const stop = { stoppedAt: null, stoppedReason: null };
        await tx.complianceConfig.updateMany({
          where: { id },
          data: { ...data, ...sealed, ...withoutConsent, ...stop, mode },
        });
        return finish(tx, 'saveComplianceRegistration', before, { id });
      });
    },
    quiet: (id, mode) =>
      change(
        'quietCompliance',
        id,
        (before) => ({
          ...{ mode, ...withoutConsent },
          ...(mode === 'OFF' ? {} : afterOff(before, clock.now())),
        }),
        async (tx) => {
          const by = actor.viewer.userId;
          if (mode === 'OFF') await settleWaiting(tx, { configId: id, by, now: clock.now() });
        },
      ),
    requestLive: (id) =>
      change('requestLiveCompliance', id, ({ mode, stoppedAt, hasCredentials }) => {
        if (mode === 'LIVE') throw new Conflict('ALREADY_LIVE', 'The point is reported already');
        if (stoppedAt !== null) throw new Conflict('STOPPED', 'Put right first what the regulator refused');
        if (!hasCredentials) throw new Conflict('CREDENTIALS_NEEDED', 'Nothing can be sent without credentials');
        return { ...withoutConsent, liveRequestedBy: personOf(actor), liveRequestedAt: clock.now() };
      }),
    approveLive: (id) =>
      change('approveLiveCompliance', id, (before) => {
        const { liveRequestedBy, mode } = before;
        const person = personOf(actor);
        if (liveRequestedBy === null || mode === 'LIVE') throw new Conflict('NOT_REQUESTED', 'Nobody asked for it');
        if (liveRequestedBy === person) throw new Conflict('SAME_PERSON', 'A second person has to approve it');
        const now = clock.now();
        return { mode: 'LIVE', liveApprovedBy: person, liveApprovedAt: now, ...afterOff(before, now) };
      }),
  };
}

/** Nothing is owed of the time in which a point was off. */
const afterOff = ({ mode }: Registration, now: Date) => (mode === 'OFF' ? { startsAt: now } : {});

/** The id of nothing, so that what is no id finds nothing. */
const noId = '00000000-0000-0000-0000-000000000000';

const stale = () => new Conflict('STALE', 'It was changed by somebody else meanwhile: read it again');

function personOf({ viewer }: AuditActor): string {
  if (viewer.kind !== 'user' || viewer.userId === null) {
    throw new Conflict('PERSON_NEEDED', 'Only a person who has signed in may decide this');
  }
  return viewer.userId;
}

/** Tries the registration as the ledger would; the credentials only if they are given. */
function checkRegistration({ sourceCode, identifiers, config, credentials }: Given): void {
  const regulator = regulators.get(sourceCode);
  if (regulator === undefined) throw new NotFound('ComplianceSource');
  try {
    const source = { baseUrl: 'https://regulator.example' };
    const opened = regulator.open({ source, identifiers, config: config ?? {}, credentials });
    if (credentials != null) opened.request({ slotAt: new Date(0), values: {} }, new Date(0));
  } catch (error) {
    if (!(error instanceof RegistrationProblem)) throw error;
    const fields = error.fields.length === 0 ? ['identifiers'] : error.fields;
    throw new ValidationFailed(
      fields.map((path) => ({ path, code: 'NOT_AS_REGISTERED', message: 'not as the regulator issues it' })),
    );
  }
}

interface Given {
  readonly sourceCode: string;
  readonly identifiers: unknown;
  readonly config?: unknown;
  readonly credentials?: unknown;
}

function asJson(value: Readonly<Record<string, unknown>>) {
  return JSON.parse(JSON.stringify(value));
}
