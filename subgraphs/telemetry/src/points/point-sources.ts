import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import type { CatchmentPoint } from './point.ts';
import type { VariableInput } from './point-input.ts';

/** A first version that also holds for readings from before the point was registered. */
export function firstConstants(given: VariableInput, createdBy: string | null) {
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

/** The channel of the point's own device that carries a quantity. */
export function ownChannel({ variable, channel, pulsesPerLiter, litersPerPulse }: VariableInput) {
  const isPulses = variable === 'TOTAL' && (pulsesPerLiter != null || litersPerPulse != null);
  // A counter that sends cubic metres itself is no pulse channel, and is not called one.
  const name = variable === 'TOTAL' && !isPulses ? 'total' : variableDefinitions[variable].channel;
  return { channel: channel ?? name, variable, isPulses };
}

/**
 * Lets a point measure further quantities, each with its first constants and a channel of the point's own device. Throws
 * ValidationFailed (`ALREADY_MEASURED`, `CHANNEL_TAKEN`) with paths under `newVariables`.
 */
export async function addVariables(
  tx: ScopedTransaction,
  { id: pointId }: CatchmentPoint,
  given: readonly VariableInput[],
  createdBy: string | null,
): Promise<void> {
  const known = await tx.pointVariable.findMany({ where: { pointId, isActive: true }, select: { variable: true } });
  const measured = new Set(known.map(({ variable }) => variable));
  // What speaks for it on our topics or over HTTP, as the intake finds it.
  const own = await tx.readingSource.findFirst({
    where: {
      ...{ pointId, isActive: true },
      OR: [{ providerId: null }, { provider: { kind: { in: ['MQTT', 'HTTP_PUSH'] } } }],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { channels: true },
  });
  const taken = new Set(own?.channels.map(({ channel }) => channel));
  for (const [index, variable] of given.entries()) {
    if (measured.has(variable.variable)) {
      const message = `the point measures ${variable.variable} already: record other constants with their date`;
      throw new ValidationFailed([{ path: `newVariables.${index}.variable`, code: 'ALREADY_MEASURED', message }]);
    }
    const channel = ownChannel(variable);
    if (taken.has(channel.channel)) {
      const message = `${channel.channel} carries another quantity already`;
      throw new ValidationFailed([{ path: `newVariables.${index}.channel`, code: 'CHANNEL_TAKEN', message }]);
    }
    taken.add(channel.channel);
    await tx.pointVariable.create({ data: { pointId, ...firstConstants(variable, createdBy) } });
    if (own !== null) await tx.sourceChannel.create({ data: { sourceId: own.id, ...channel } });
  }
}

/** Hears devices of a point again, or no more. Throws NotFound. */
export async function switchDevices(
  tx: ScopedTransaction,
  pointId: string,
  states: readonly { readonly id: string; readonly isActive: boolean }[],
): Promise<void> {
  for (const { id, isActive } of states) {
    const { count } = await tx.readingSource.updateMany({ where: { id, pointId }, data: { isActive } });
    if (count === 0) throw new NotFound('ProviderDevice');
  }
}
