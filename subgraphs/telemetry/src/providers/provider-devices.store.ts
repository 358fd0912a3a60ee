import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { DeviceInput, PointDeviceInput } from './provider-input.ts';
import { unitFactor } from './units.ts';

/**
 * Makes the provider's devices those that are given, each with its channels; devices that are not named stay. A point
 * out of reach is told like one that does not exist. Throws NotFound, Conflict (`POINT_OF_OTHER_COMPANY`,
 * `DEVICE_OF_OTHER_POINT`) or ValidationFailed.
 */
export async function saveDevices(
  tx: ScopedTransaction,
  provider: { readonly id: string; readonly companyId: string },
  devices: readonly DeviceInput[],
): Promise<void> {
  for (const [index, device] of devices.entries()) {
    const point = await tx.catchmentPoint.findFirst({ where: { id: device.pointId, deletedAt: null } });
    if (point === null) throw new NotFound('CatchmentPoint');
    if (point.companyId !== provider.companyId) throw ofOtherCompany();
    const channels = device.channels.map((channel, at) => channelRow(channel, `devices.${index}.channels.${at}`));
    await saveSource(tx, provider.id, device, channels);
  }
}

/**
 * Devices that speak plain MQTT are known by their id alone, whoever's they are: a claim of two companies would leave
 * both without its readings, so who comes second is refused. Throws Conflict (`DEVICE_TAKEN`).
 */
export async function refuseClaimedDevices(tx: ScopedTransaction, providerId: string): Promise<void> {
  const [claimed] = await unscoped(tx).$queryRaw<{ deviceId: string }[]>`
    SELECT mine.device_id AS "deviceId" FROM telemetry.providers own
    JOIN telemetry.reading_sources mine ON mine.provider_id = own.id AND mine.is_active
    JOIN telemetry.reading_sources s ON s.device_id = mine.device_id AND s.is_active
    JOIN telemetry.catchment_points p ON p.id = s.point_id AND p.deleted_at IS NULL AND p.company_id <> own.company_id
    LEFT JOIN telemetry.providers o ON o.id = s.provider_id
    WHERE own.id = ${providerId}::uuid AND own.kind = 'MQTT' AND (s.provider_id IS NULL OR o.kind = 'MQTT') LIMIT 1`;
  if (claimed !== undefined)
    throw new Conflict('DEVICE_TAKEN', `Device ${claimed.deviceId} speaks for somebody else already`);
}

/** The same of whatever speaks for a point, its own device with the point's code among it. Throws Conflict (`DEVICE_TAKEN`). */
export async function refuseClaimedSources(tx: ScopedTransaction, pointId: string): Promise<void> {
  const [claimed] = await unscoped(tx).$queryRaw<{ deviceId: string }[]>`
    SELECT mine.device_id AS "deviceId" FROM telemetry.reading_sources mine
    JOIN telemetry.catchment_points own ON own.id = mine.point_id
    LEFT JOIN telemetry.providers kind ON kind.id = mine.provider_id
    JOIN telemetry.reading_sources s ON s.device_id = mine.device_id AND s.is_active
    JOIN telemetry.catchment_points p ON p.id = s.point_id AND p.deleted_at IS NULL AND p.company_id <> own.company_id
    LEFT JOIN telemetry.providers o ON o.id = s.provider_id
    WHERE mine.point_id = ${pointId}::uuid AND mine.is_active AND (mine.provider_id IS NULL OR kind.kind = 'MQTT')
      AND (s.provider_id IS NULL OR o.kind = 'MQTT') LIMIT 1`;
  if (claimed !== undefined) throw deviceTaken();
}

/**
 * Rows of further devices of a company's providers, to be made with their point. Throws NotFound, Conflict
 * (`POINT_OF_OTHER_COMPANY`) or ValidationFailed with paths under `path`.
 */
export async function deviceRows(
  tx: ScopedTransaction,
  companyId: string,
  devices: readonly PointDeviceInput[],
  path: string,
) {
  const rows = [];
  for (const [index, { providerId, deviceId, description, channels }] of devices.entries()) {
    const provider = await tx.provider.findFirst({
      where: { id: providerId },
      select: { companyId: true, kind: true },
    });
    if (provider === null) throw new NotFound('Provider');
    if (provider.companyId !== companyId) throw ofOtherCompany();
    const create = channels.map((channel, at) => channelRow(channel, `${path}.${index}.channels.${at}`));
    rows.push({
      ...{ providerId, deviceId: deviceIdFor(provider.kind, deviceId), description: description ?? null },
      channels: { create },
    });
  }
  return rows;
}

/** Gives a known point further devices; one that is registered already is never changed here. Throws as `deviceRows`, and Conflict (`DEVICE_TAKEN`). */
export async function addDevices(
  tx: ScopedTransaction,
  point: { readonly id: string; readonly companyId: string },
  devices: readonly PointDeviceInput[],
  path: string,
): Promise<void> {
  for (const row of await deviceRows(tx, point.companyId, devices, path)) {
    try {
      await tx.readingSource.create({ data: { ...row, pointId: point.id } });
    } catch (error) {
      // It may be that of a point out of the viewer's reach: only the constraint knows.
      throw isUniqueViolation(error) ? deviceTaken() : error;
    }
  }
}

export const deviceTaken = () => new Conflict('DEVICE_TAKEN', 'The device of this provider speaks for a point already');

/** ChirpStack's device ids are hexadecimal: their topics have them in lower case. */
export function deviceIdFor(kind: string, deviceId: string): string {
  return kind === 'CHIRPSTACK' ? deviceId.toLowerCase() : deviceId;
}

const ofOtherCompany = () =>
  new Conflict('POINT_OF_OTHER_COMPANY', 'A point gets its readings from its own company’s providers');

async function saveSource(
  tx: ScopedTransaction,
  providerId: string,
  device: DeviceInput,
  channels: readonly ReturnType<typeof channelRow>[],
): Promise<void> {
  const { deviceId, pointId, description, isActive } = device;
  const known = await tx.readingSource.findFirst({ where: { providerId, deviceId } });
  if (known === null) {
    await tx.readingSource.create({
      data: {
        ...{ providerId, deviceId, pointId, description: description ?? null, isActive: isActive ?? true },
        channels: { create: [...channels] },
      },
    });
    return;
  }
  // Its raw readings are the old point's for ever: another point needs another source.
  if (known.pointId !== pointId)
    throw new Conflict('DEVICE_OF_OTHER_POINT', `Device ${deviceId} speaks for another point`);
  await tx.readingSource.updateMany({
    where: { id: known.id },
    data: { ...(description === undefined ? {} : { description }), ...(isActive == null ? {} : { isActive }) },
  });
  await tx.sourceChannel.deleteMany({ where: { sourceId: known.id } });
  await tx.sourceChannel.createMany({ data: channels.map((channel) => ({ ...channel, sourceId: known.id })) });
}

function channelRow({ channel, variable, isPulses, unit, multiplier }: DeviceInput['channels'][number], path: string) {
  const factor = unit == null ? '1' : unitFactor(unit, variable);
  if (multiplier === null && factor === null) {
    throw new ValidationFailed([
      {
        path: `${path}.unit`,
        code: 'UNKNOWN_UNIT',
        message: `${variable} is not measured in ${unit}: give a multiplier`,
      },
    ]);
  }
  const chosen = multiplier ?? factor ?? '1';
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(chosen) || Number(chosen) === 0) {
    throw new ValidationFailed([
      { path: `${path}.multiplier`, code: 'OUT_OF_RANGE', message: 'must be above 0, with at most nine decimals' },
    ]);
  }
  return { channel, variable, isPulses: isPulses ?? false, unit: unit ?? null, multiplier: chosen };
}
