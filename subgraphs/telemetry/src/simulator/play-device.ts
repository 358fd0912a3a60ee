import { deviceState, volumeBetween } from './device-shape.ts';
import type { DeviceSaying } from './faulty-line.ts';
import type { SimulatedDevice } from './simulated-devices.store.ts';

/**
 * The device's readings, one call after the other. Its counter goes on from where it stands, also after a pause, as a
 * real meter's does; the same device at the same instants says the same.
 */
export function playDevice(device: SimulatedDevice): (at: Date) => DeviceSaying {
  let countedM3 = 0;
  let countedAt = device.countedAt;
  return (at) => {
    const state = deviceState(device, at);
    if (countedAt !== null) countedM3 += volumeBetween(device, countedAt, at);
    countedAt = at;
    const { m3PerPulse } = device;
    const values = device.channels.flatMap(({ channel, variable, isPulses }): [string, number][] => {
      if (isPulses) {
        return m3PerPulse === null ? [] : [[channel, device.pulses + Math.floor(countedM3 / m3PerPulse)]];
      }
      if (variable === 'TOTAL') return [];
      return [[channel, variable === 'AVERAGE_FLOW' ? state.flow : state[stateKeys[variable]]]];
    });
    const ts = at.toISOString();
    return { id: `${device.code}@${ts}`, ts, values: Object.fromEntries(values) };
  };
}

const stateKeys = {
  LEVEL: 'level',
  FLOW: 'flow',
  TEMPERATURE: 'temperature',
  PRESSURE: 'pressure',
  PH: 'ph',
  CONDUCTIVITY: 'conductivity',
  TURBIDITY: 'turbidity',
} as const;
