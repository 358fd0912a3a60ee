import { randomUUID } from 'node:crypto';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import type { Log } from '@cauce/shared/log/log';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import mqtt from 'mqtt';
import { deviceState, volumeBetween } from './device-shape.ts';
import { readSimulatedDevices, type SimulatedDevice } from './simulated-devices.store.ts';

export interface SimulatorOptions {
  readonly url: string;
  readonly topicRoot: string;
  readonly pool: Database['pool'];
  readonly clock: Clock;
  readonly log: Log;
  /** Pause between two readings of the fastest devices; slower ones speak less often. */
  readonly seconds: number;
}

/**
 * Plays the demo's devices: each sends its reading at once and then every few seconds to minutes, over MQTT like any
 * device. Counters go on from where they stand, also after a pause, as real meters do.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Stop> {
  const { url, topicRoot, pool, clock, log, seconds } = options;
  const devices = await readSimulatedDevices(pool);
  const client = mqtt.connect(url, { protocolVersion: 4, clientId: `cauce-simulator-${randomUUID().slice(0, 8)}` });
  client.on('error', (err) => log.debug({ err }, 'The device simulator cannot reach the broker'));
  const timers = new Set<NodeJS.Timeout>();
  const speakers: (() => void)[] = [];
  for (const device of devices) {
    const play = playDevice(device);
    const speak = () => {
      // Without a broker a device keeps quiet; the next reading has all that was counted meanwhile.
      if (!client.connected) return;
      client.publish(`${topicRoot}/${device.code}/up`, JSON.stringify(play(clock.now())), { qos: 1 });
    };
    speakers.push(speak);
    timers.add(setInterval(speak, 1_000 * seconds * paceOf(device)));
  }
  client.once('connect', () => {
    for (const speak of speakers) speak();
  });
  log.info({ devices: devices.length, seconds }, 'Simulating devices');
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await client.endAsync(true);
  };
}

/** Devices that are planned to speak every five minutes set the pace; hourly ones are four times as slow. */
function paceOf({ samplingMinutes }: SimulatedDevice): number {
  return samplingMinutes <= 5 ? 1 : samplingMinutes <= 15 ? 2 : 4;
}

interface Message {
  readonly id: string;
  readonly ts: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The device's readings, one call after the other. */
function playDevice(device: SimulatedDevice): (at: Date) => Message {
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
    return { id: randomUUID(), ts: at.toISOString(), values: Object.fromEntries(values) };
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
