import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import type { Log } from '@cauce/shared/log/log';
import mqtt, { type MqttClient } from 'mqtt';
import { createFaultyLine, type DeviceSaying, type FaultyLine, type SimulatorScenario } from './faulty-line.ts';
import { playDevice } from './play-device.ts';
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

/** Plays the demo's devices over MQTT, as real ones would speak. */
export interface Simulator {
  readonly isRunning: boolean;
  /** The devices it plays, by the ids of their points, and how their lines behave; empty until it has run once. */
  scenarios(): ReadonlyMap<string, SimulatorScenario>;
  /** Each device sends its reading at once and then every few seconds to minutes. Does nothing while it runs. */
  start(): Promise<void>;
  /** What is still on its way is said first. */
  stop(): Promise<void>;
  /** Answers whether there is a device of this point. */
  setScenario(pointId: string, scenario: SimulatorScenario): boolean;
}

interface Played {
  readonly device: SimulatedDevice;
  readonly play: (at: Date) => DeviceSaying;
  scenario: SimulatorScenario;
  line: FaultyLine;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const { url, topicRoot, pool, clock, log, seconds } = options;
  const played = new Map<string, Played>();
  let running: { readonly client: MqttClient; readonly timers: readonly NodeJS.Timeout[] } | null = null;
  const lineOf = ({ code, channels }: SimulatedDevice, scenario: SimulatorScenario) =>
    createFaultyLine(
      scenario,
      code,
      new Set(channels.filter(({ isPulses }) => isPulses).map(({ channel }) => channel)),
    );
  const publish = (client: MqttClient, { code }: SimulatedDevice, sayings: readonly DeviceSaying[]) => {
    for (const saying of sayings) client.publish(`${topicRoot}/${code}/up`, JSON.stringify(saying), { qos: 1 });
  };
  const begin = (devices: readonly SimulatedDevice[]) => {
    const client = mqtt.connect(url, { protocolVersion: 4 });
    client.on('error', (err) => log.debug({ err }, 'The device simulator cannot reach the broker'));
    const speakers = devices.map((device) => {
      const known = played.get(device.pointId);
      const scenario = known?.scenario ?? 'STEADY';
      const own: Played = { device, play: playDevice(device), scenario, line: lineOf(device, scenario) };
      played.set(device.pointId, own);
      return {
        pause: 1_000 * seconds * paceOf(device),
        // Without a broker a device keeps quiet; the next reading has all that was counted meanwhile.
        speak: () => {
          if (client.connected) publish(client, device, own.line.pass(own.play(clock.now())));
        },
      };
    });
    client.once('connect', () => {
      for (const { speak } of speakers) speak();
    });
    log.info({ devices: devices.length, seconds }, 'Simulating devices');
    return { client, timers: speakers.map(({ speak, pause }) => setInterval(speak, pause)) };
  };
  let starting: Promise<void> | null = null;
  return {
    get isRunning() {
      return running !== null;
    },
    scenarios: () => new Map([...played].map(([pointId, { scenario }]) => [pointId, scenario])),
    start: () => {
      if (running !== null) return Promise.resolve();
      starting ??= readSimulatedDevices(pool, [...played.keys()])
        .then((devices) => {
          running = begin(devices);
        })
        .finally(() => {
          starting = null;
        });
      return starting;
    },
    stop: async () => {
      await starting;
      if (running === null) return;
      const { client, timers } = running;
      running = null;
      for (const timer of timers) clearInterval(timer);
      if (client.connected) for (const { device, line } of played.values()) publish(client, device, line.rest());
      await client.endAsync(!client.connected);
    },
    setScenario: (pointId, scenario) => {
      const own = played.get(pointId);
      if (own === undefined) return false;
      if (running?.client.connected) publish(running.client, own.device, own.line.rest());
      own.scenario = scenario;
      own.line = lineOf(own.device, scenario);
      return true;
    },
  };
}

/** Devices that are planned to speak every five minutes set the pace; hourly ones are four times as slow. */
function paceOf({ samplingMinutes }: SimulatedDevice): number {
  return samplingMinutes <= 5 ? 1 : samplingMinutes <= 15 ? 2 : 4;
}
