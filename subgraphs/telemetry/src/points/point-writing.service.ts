import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { addDevices, deviceRows, deviceTaken, refuseClaimedSources } from '../providers/provider-devices.store.ts';
import type { Reprocessing } from '../reprocess/reprocess.service.ts';
import { longAgo, periodSince } from '../reprocess/reprocess-run.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import type { CatchmentPoint } from './point.ts';
import { createPointSchema, updatePointSchema } from './point-input.ts';
import { addVariables, firstConstants, ownChannel, switchDevices } from './point-sources.ts';
import type { PointWriteStore } from './point-writes.store.ts';

/** Registering and changing catchment points. Each change is audited and announced in its own transaction. */
export interface PointWriting {
  /** @throws NotFound, Conflict (`CODE_TAKEN`, `SITE_OF_OTHER_COMPANY`, `POINT_OF_OTHER_COMPANY`, `DEVICE_TAKEN`) or ValidationFailed */
  create(input: unknown): Promise<CatchmentPoint>;
  /**
   * What was measured keeps its meaning: another number of digits makes what was counted again, a new quantity measures
   * what was sent of it before, and the zone of a point with readings stays.
   * @throws NotFound, Conflict (`STALE`, `POINT_OF_OTHER_COMPANY`, `DEVICE_TAKEN`) or ValidationFailed
   */
  update(input: unknown): Promise<CatchmentPoint>;
}

export interface PointWritingDeps {
  readonly store: PointWriteStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly reprocessing: Pick<Reprocessing, 'follow'>;
}

export function createPointWriting({ store, clock, actor, reprocessing }: PointWritingDeps): PointWriting {
  return {
    async create(input) {
      const given = parseInput(createPointSchema, input);
      const { variables, devices, samplingMinutes, timeZone, sourceKind, ...rest } = given;
      const { code, name, type, siteId, companyId, ...described } = rest;
      checkDepths(described);
      if (!reaches(actor.viewer.siteIds, siteId)) throw new NotFound('Site');
      if (!reaches(actor.viewer.companyIds, companyId)) throw new NotFound('Company');
      const now = clock.now();
      try {
        return await store.transaction(async (writes, tx) => {
          const company = await writes.companyOfSite(siteId);
          if (company !== null && company !== companyId) {
            throw new Conflict('SITE_OF_OTHER_COMPANY', 'The points of this site belong to another company');
          }
          const further = await deviceRows(tx, companyId, devices ?? [], 'devices');
          const own = { deviceId: code, channels: { create: variables.map(ownChannel) } };
          const point = await writes.insert({
            ...withoutMissing(described),
            ...{ code, name, type, siteId, companyId },
            sourceKind: sourceKind ?? (surfaceTypes.has(type) ? 'SURFACE' : 'GROUNDWATER'),
            ...(samplingMinutes == null ? {} : { samplingFrequencyMinutes: samplingMinutes }),
            ...(timeZone == null ? {} : { timeZone }),
            variables: { create: variables.map((variable) => firstConstants(variable, actor.viewer.userId)) },
            // What the point's device sends on its own topic, or over HTTP in its name.
            sources: { create: [own, ...further] },
          });
          await refuseClaimedSources(tx, point.id);
          const after = { ...point, devices };
          await recordAudit(tx, actor, { ...changeOf(point), action: 'telemetry.createCatchmentPoint', after });
          await writes.announce(point, null, now);
          return point;
        });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        if (!(await store.isCodeTaken(code))) throw deviceTaken();
        throw new Conflict('CODE_TAKEN', 'There is a point with this code already');
      }
    },

    async update(input) {
      const parsed = parseInput(updatePointSchema, input);
      const { id, expectedUpdatedAt, samplingMinutes, sourceKind, newVariables, newDevices, deviceStates, ...changes } =
        parsed;
      const sources = { newVariables, newDevices, deviceStates };
      return store.transaction(async (writes, tx) => {
        const before = await writes.find(id);
        if (before === null) throw new NotFound('CatchmentPoint');
        if (expectedUpdatedAt && expectedUpdatedAt.getTime() !== before.updatedAt.getTime()) throw stale();
        checkDepths({ ...before, ...withoutMissing(changes) });
        const after = await writes.replace(before, {
          ...withoutMissing(changes),
          ...(samplingMinutes === undefined ? {} : { samplingFrequencyMinutes: samplingMinutes }),
          ...(sourceKind == null ? {} : { sourceKind }),
        });
        if (after === null) throw stale();
        const hasReadings = await writes.hasReadings(id);
        if (hasReadings && after.timeZone !== before.timeZone) throw zoneStays();
        await addVariables(tx, after, newVariables ?? [], actor.viewer.userId);
        await addDevices(tx, after, newDevices ?? [], 'newDevices');
        await switchDevices(tx, id, deviceStates ?? []);
        await refuseClaimedSources(tx, id);
        await recordAudit(tx, actor, {
          ...{ ...changeOf(after), action: 'telemetry.updateCatchmentPoint', before },
          after: { ...after, ...withoutMissing(sources) },
        });
        const again = new Set<VariableKind>(newVariables?.map(({ variable }) => variable));
        if (after.meterDigits !== before.meterDigits) again.add('TOTAL');
        if (hasReadings && again.size > 0) await makeAgain(tx, after, again);
        if (after.status !== before.status) await writes.announce(after, before.status, clock.now());
        return after;
      });
    },
  };

  function makeAgain(tx: ScopedTransaction, point: CatchmentPoint, variables: ReadonlySet<VariableKind>) {
    const period = periodSince(longAgo, clock.now());
    return reprocessing.follow(tx, point, {
      ...{ ...period, variables: [...variables], isDryRun: false, reason: 'CONSTANTS' },
    });
  }
}

const surfaceTypes: ReadonlySet<string> = new Set(['RIVER', 'LAKE', 'RESERVOIR']);

const zoneStays = () =>
  new ValidationFailed([
    { path: 'timeZone', code: 'HAS_READINGS', message: 'the days of what was measured are cut in the zone it has' },
  ]);

const stale = () => new Conflict('STALE', 'The point was changed by somebody else meanwhile: read it again');

interface Depths {
  readonly wellDepthM?: unknown;
  readonly sensorDepthM?: unknown;
}

function checkDepths({ wellDepthM, sensorDepthM }: Depths): void {
  if (wellDepthM == null || sensorDepthM == null || Number(sensorDepthM) <= Number(wellDepthM)) return;
  throw new ValidationFailed([
    { path: 'sensorDepthM', code: 'DEEPER_THAN_WELL', message: 'the sensor must not hang deeper than the well is' },
  ]);
}

function changeOf({ id, siteId, companyId }: CatchmentPoint) {
  return { entityType: 'CatchmentPoint', entityId: id, siteId, companyId };
}

/** To Prisma a field that is there and undefined is not the same as one that is not there. */
function withoutMissing<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
}
