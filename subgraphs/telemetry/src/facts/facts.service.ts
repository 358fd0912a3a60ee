import type { MeterChange, PointVariable, ReprocessRun } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createListLoader } from '@cauce/shared/db/create-loader';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { CatchmentPoint } from '../points/point.ts';
import type { Reprocessing } from '../reprocess/reprocess.service.ts';
import { longAgo, periodSince } from '../reprocess/reprocess-run.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import { constantsSchema, meterChangeSchema } from './fact-input.ts';

/**
 * The dated facts that measurements are made by: constants of quantities and changes of meters. None is ever edited. A
 * new one takes the place of one for the same instant, which is kept beside it; and what was measured since is made again.
 */
export interface Facts {
  /** Meters that were put in, oldest first. */
  metersOf(pointId: string): Promise<readonly MeterChange[]>;
  /** All versions of the constants, oldest first. */
  versionsOf(pointId: string): Promise<readonly PointVariable[]>;
  /** @throws NotFound, Conflict (`CHANGED_MEANWHILE`) or ValidationFailed */
  addConstants(input: unknown): Promise<ReprocessRun>;
  /** @throws NotFound, Conflict (`CHANGED_MEANWHILE`) or ValidationFailed */
  recordMeter(input: unknown): Promise<ReprocessRun>;
  /** @throws NotFound */
  withdrawMeter(id: string): Promise<ReprocessRun>;
}

export interface FactsDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly reprocessing: Pick<Reprocessing, 'follow'>;
}

export function createFacts({ client, clock, actor, reprocessing }: FactsDeps): Facts {
  const meters = createListLoader(
    (ids: readonly string[]) =>
      client.meterChange.findMany({
        where: { pointId: { in: [...ids] }, withdrawnAt: null },
        orderBy: [{ pointId: 'asc' }, { changedAt: 'asc' }],
      }),
    (change: MeterChange) => change.pointId,
  );
  const versions = createListLoader(
    (ids: readonly string[]) =>
      client.pointVariable.findMany({
        where: { pointId: { in: [...ids] }, isActive: true },
        orderBy: [{ pointId: 'asc' }, { variable: 'asc' }, { validFrom: 'asc' }],
      }),
    (version: PointVariable) => version.pointId,
  );

  const follow = (
    tx: ScopedTransaction,
    point: CatchmentPoint,
    since: Date,
    variables: readonly VariableKind[],
    reason: 'CONSTANTS' | 'METER_CHANGE',
  ) => reprocessing.follow(tx, point, { variables, ...periodSince(since, clock.now()), isDryRun: false, reason });

  const audit = (tx: ScopedTransaction, point: CatchmentPoint, action: string, before: unknown, after: unknown) =>
    recordAudit(tx, actor, {
      ...{ action: `telemetry.${action}`, entityType: 'CatchmentPoint', entityId: point.id, before, after },
      ...{ siteId: point.siteId, companyId: point.companyId },
    });

  return {
    metersOf: (pointId) => meters.load(pointId),
    versionsOf: (pointId) => versions.load(pointId),

    async addConstants(input) {
      const { pointId, variable, validFrom, ...given } = parseInput(constantsSchema, input);
      checkPast(validFrom, 'validFrom', clock.now());
      return inOneGo(client, async (tx) => {
        const point = await findPoint(tx, pointId);
        const known = await tx.pointVariable.findMany({
          where: { pointId, variable, isActive: true },
          orderBy: { validFrom: 'asc' },
        });
        const before = known.findLast((version) => version.validFrom <= validFrom) ?? known[0];
        if (before === undefined) {
          throw new ValidationFailed([
            { path: 'variable', code: 'NOT_MEASURED', message: `the point does not measure ${variable}` },
          ]);
        }
        await tx.pointVariable.updateMany({
          where: { pointId, variable, validFrom, isActive: true },
          data: { isActive: false },
        });
        const { id: _, createdAt: _at, ...rest } = before;
        const isPulseGiven = given.pulsesPerLiter != null || given.litersPerPulse != null;
        const after = await tx.pointVariable.create({
          data: {
            ...{ ...rest, validFrom, createdBy: actor.viewer.userId },
            ...(isPulseGiven
              ? { pulsesPerLiter: given.pulsesPerLiter ?? null, litersPerPulse: given.litersPerPulse ?? null }
              : {}),
            calibrationFactor: given.calibrationFactor ?? before.calibrationFactor,
            offset: given.offset ?? before.offset,
            maxFlowLps: given.maxFlowLps === undefined ? before.maxFlowLps : given.maxFlowLps,
          },
        });
        await audit(tx, point, 'addVariableConstants', before, after);
        // Before the first version its constants hold for everything older as well.
        const since =
          before.validFrom > validFrom || known[0]?.validFrom.getTime() === validFrom.getTime() ? longAgo : validFrom;
        return follow(tx, point, since, [variable], 'CONSTANTS');
      });
    },

    async recordMeter(input) {
      const { pointId, changedAt, initialM3, ...given } = parseInput(meterChangeSchema, input);
      checkPast(changedAt, 'changedAt', clock.now());
      return inOneGo(client, async (tx) => {
        const point = await findPoint(tx, pointId);
        await tx.meterChange.updateMany({
          where: { pointId, changedAt, withdrawnAt: null },
          data: { withdrawnAt: clock.now() },
        });
        const { finalM3 = null, meterDigits = null, serial = null, note = null } = given;
        const after = await tx.meterChange.create({
          data: {
            ...{ pointId, changedAt, finalM3, meterDigits, serial, note },
            ...{ initialM3: initialM3 ?? '0', createdBy: actor.viewer.userId },
          },
        });
        await audit(tx, point, 'recordMeterChange', null, after);
        return follow(tx, point, changedAt, ['TOTAL'], 'METER_CHANGE');
      });
    },

    async withdrawMeter(id) {
      if (!isUuid(id)) throw new NotFound('MeterChange');
      return inOneGo(client, async (tx) => {
        const change = await tx.meterChange.findFirst({ where: { id, withdrawnAt: null } });
        if (change === null) throw new NotFound('MeterChange');
        const point = await findPoint(tx, change.pointId);
        await tx.meterChange.updateMany({ where: { id, withdrawnAt: null }, data: { withdrawnAt: clock.now() } });
        await audit(tx, point, 'withdrawMeterChange', change, null);
        return follow(tx, point, change.changedAt, ['TOTAL'], 'METER_CHANGE');
      });
    },
  };
}

function checkPast(at: Date, path: string, now: Date): void {
  if (at <= now) return;
  throw new ValidationFailed([
    { path, code: 'IN_THE_FUTURE', message: 'must not be in the future: record it once it is so' },
  ]);
}

async function findPoint(tx: ScopedTransaction, id: string): Promise<CatchmentPoint> {
  const point = await tx.catchmentPoint.findFirst({ where: { id, deletedAt: null } });
  if (point === null) throw new NotFound('CatchmentPoint');
  return point;
}

async function inOneGo<Value>(client: ScopedClient, work: (tx: ScopedTransaction) => Promise<Value>): Promise<Value> {
  try {
    return await client.$transaction((tx) => work(tx));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Conflict(
      'CHANGED_MEANWHILE',
      'Somebody else has just recorded a fact for the same instant: read it again',
    );
  }
}
