import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
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
