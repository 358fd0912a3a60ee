import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import type { CatchmentPoint } from './point.ts';
import { createPointSchema, updatePointSchema, type VariableInput } from './point-input.ts';
import { isUniqueViolation, type PointWriteStore } from './point-writes.store.ts';

/** Registering and changing catchment points. Each change is audited and announced in its own transaction. */
export interface PointWriting {
  /** @throws NotFound, Conflict (`CODE_TAKEN`, `SITE_OF_OTHER_COMPANY`) or ValidationFailed */
  create(input: unknown): Promise<CatchmentPoint>;
  /** @throws NotFound, Conflict (`STALE`) or ValidationFailed */
  update(input: unknown): Promise<CatchmentPoint>;
}

export interface PointWritingDeps {
  readonly store: PointWriteStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

export function createPointWriting({ store, clock, actor }: PointWritingDeps): PointWriting {
  return {
    async create(input) {
      const given = parseInput(createPointSchema, input);
      const { variables, samplingMinutes, timeZone, sourceKind, code, name, type, siteId, companyId, ...described } =
        given;
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
          const point = await writes.insert({
            ...withoutMissing(described),
            ...{ code, name, type, siteId, companyId },
            sourceKind: sourceKind ?? (surfaceTypes.has(type) ? 'SURFACE' : 'GROUNDWATER'),
            ...(samplingMinutes == null ? {} : { samplingFrequencyMinutes: samplingMinutes }),
            ...(timeZone == null ? {} : { timeZone }),
            variables: { create: variables.map((variable) => constantsOf(variable, actor.viewer.userId)) },
            // What the point's device sends on its own topic, or over HTTP in its name.
            sources: { create: { deviceId: code, channels: { create: variables.map(channelOf) } } },
          });
          await recordAudit(tx, actor, { ...changeOf(point), action: 'telemetry.createCatchmentPoint', after: point });
          await writes.announce(point, null, now);
          return point;
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new Conflict('CODE_TAKEN', 'There is a point with this code already');
        throw error;
      }
    },

    async update(input) {
      const parsed = parseInput(updatePointSchema, input);
      const { id, expectedUpdatedAt, samplingMinutes, sourceKind, ...changes } = parsed;
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
        await recordAudit(tx, actor, { ...changeOf(after), action: 'telemetry.updateCatchmentPoint', before, after });
        if (after.status !== before.status) await writes.announce(after, before.status, clock.now());
        return after;
      });
    },
  };
}

const surfaceTypes: ReadonlySet<string> = new Set(['RIVER', 'LAKE', 'RESERVOIR']);

const stale = () => new Conflict('STALE', 'The point was changed by somebody else meanwhile: read it again');

/** A first version that also holds for readings from before the point was registered. */
function constantsOf(given: VariableInput, createdBy: string | null) {
  const { variable, pulsesPerLiter, litersPerPulse, calibrationFactor, minValue, maxValue } = given;
  return {
    variable,
    unit: variableDefinitions[variable].unit,
    validFrom: new Date(0),
    pulsesPerLiter: pulsesPerLiter ?? null,
    litersPerPulse: litersPerPulse ?? null,
    calibrationFactor: calibrationFactor ?? '1',
    minValue: minValue ?? null,
    maxValue: maxValue ?? null,
    createdBy,
  };
}

function channelOf({ variable, channel, pulsesPerLiter, litersPerPulse }: VariableInput) {
  const isPulses = variable === 'TOTAL' && (pulsesPerLiter != null || litersPerPulse != null);
  // A counter that sends cubic metres itself is no pulse channel, and is not called one.
  const name = variable === 'TOTAL' && !isPulses ? 'total' : variableDefinitions[variable].channel;
  return { channel: channel ?? name, variable, isPulses };
}

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
