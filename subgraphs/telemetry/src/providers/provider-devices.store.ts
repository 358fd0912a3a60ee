import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { DeviceInput } from './provider-input.ts';
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
    if (point.companyId !== provider.companyId) {
      throw new Conflict('POINT_OF_OTHER_COMPANY', 'A point gets its readings from its own company’s providers');
    }
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
