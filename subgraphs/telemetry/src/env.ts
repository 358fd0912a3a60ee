import { z } from 'zod';
import { carrierSettings, carrierVariables } from './notifications/carriers/carrier-env.ts';
import type { CarrierSettings } from './notifications/carriers/create-carriers.ts';
import type { Retention } from './retention/prune-records.ts';

/** What the telemetry process can be told from outside. */
export interface TelemetryEnv {
  /** Whether this process listens to devices; needs a broker. */
  readonly isIntakeOn: boolean;
  /** Whether the demo's devices are simulated; `auto` means in demo mode. */
  readonly simulator: 'on' | 'off' | 'auto';
  /** Shortest pause between two readings of a simulated device. */
  readonly simulatorSeconds: number;
  /** Whether series that were never analysed are so soon after the start, not at night; `auto` means in demo mode. */
  readonly analysesAtStart: 'on' | 'off' | 'auto';
  /** The worker's name at the broker, the same at every start and different from every other worker's. */
  readonly mqttClientId: string;
  /** First level of the device topics. */
  readonly mqttTopicRoot: string;
  /** Workers of one group share the messages among them. */
  readonly mqttSharedGroup: string | null;
  /** Under which id this is a Sparkplug B host; null: Sparkplug is not listened to. */
  readonly sparkplugHostId: string | null;
  /** Messages that one transaction stores at most. */
  readonly batchSize: number;
  /** Batches of device messages that are stored at the same time. */
  readonly lanes: number;
  /** How long a batch waits for more messages. */
  readonly lingerMs: number;
  /** Whether regulators are reported to: what was sent cannot be taken back. `auto`: only to the demo's own, in demo mode. */
  readonly reporting: 'on' | 'off' | 'auto';
  /** Providers that this process pulls at a time. */
  readonly pullConcurrency: number;
  /** How long one run of a provider may go on before it leaves the rest to the next, s. */
  readonly pullSeconds: number;
  /** How long records of work are kept. */
  readonly retention: Retention;
  /** How people are told; a channel without a carrier keeps its messages to be read. */
  readonly carriers: CarrierSettings;
}

const text = z
  .string()
  .trim()
  .regex(/^[^+#/\s]+$/, 'must be one topic level without + or #');
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const schema = z.object({
  TELEMETRY_INTAKE: z.enum(['on', 'off']).default('on'),
  TELEMETRY_SIMULATOR: z.enum(['on', 'off', 'auto']).default('auto'),
  TELEMETRY_SIMULATOR_SECONDS: count(1, 3_600).default(15),
  TELEMETRY_ANALYSES_AT_START: z.enum(['on', 'off', 'auto']).default('auto'),
  TELEMETRY_MQTT_CLIENT_ID: z.string().trim().min(1).max(64).default('cauce-telemetry'),
  TELEMETRY_MQTT_TOPIC_ROOT: text.default('cauce'),
  TELEMETRY_MQTT_SHARED_GROUP: text.optional(),
  TELEMETRY_SPARKPLUG: z.enum(['on', 'off']).default('on'),
  TELEMETRY_SPARKPLUG_HOST_ID: text.default('cauce'),
  TELEMETRY_BATCH_SIZE: count(1, 5_000).default(1_000),
  TELEMETRY_LANES: count(1, 8).default(3),
  TELEMETRY_BATCH_LINGER_MS: count(0, 1_000).default(10),
  TELEMETRY_COMPLIANCE: z.enum(['on', 'off', 'auto']).default('auto'),
  TELEMETRY_PULL_CONCURRENCY: count(1, 64).default(6),
  TELEMETRY_PULL_SECONDS: count(5, 900).default(60),
  TELEMETRY_KEEP_DEAD_LETTER_DAYS: count(7, 36_500).default(90),
  TELEMETRY_KEEP_NOTICE_DAYS: count(30, 36_500).default(365),
  TELEMETRY_KEEP_BATCH_DAYS: count(7, 36_500).default(90),
  TELEMETRY_KEEP_ATTEMPT_DAYS: count(365, 36_500).default(1_825),
  ...carrierVariables,
});

/** Reads the `TELEMETRY_*` variables; throws with every bad one named. */
export function readTelemetryEnv(source: Readonly<Record<string, string | undefined>> = process.env): TelemetryEnv {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '');
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new Error(`Bad telemetry settings:\n${z.prettifyError(result.error)}`);
  const env = result.data;
  return {
    isIntakeOn: env.TELEMETRY_INTAKE === 'on',
    simulator: env.TELEMETRY_SIMULATOR,
    simulatorSeconds: env.TELEMETRY_SIMULATOR_SECONDS,
    analysesAtStart: env.TELEMETRY_ANALYSES_AT_START,
    mqttClientId: env.TELEMETRY_MQTT_CLIENT_ID,
    mqttTopicRoot: env.TELEMETRY_MQTT_TOPIC_ROOT,
    mqttSharedGroup: env.TELEMETRY_MQTT_SHARED_GROUP ?? null,
    sparkplugHostId: env.TELEMETRY_SPARKPLUG === 'on' ? env.TELEMETRY_SPARKPLUG_HOST_ID : null,
    batchSize: env.TELEMETRY_BATCH_SIZE,
    lanes: env.TELEMETRY_LANES,
    lingerMs: env.TELEMETRY_BATCH_LINGER_MS,
    reporting: env.TELEMETRY_COMPLIANCE,
    pullConcurrency: env.TELEMETRY_PULL_CONCURRENCY,
    pullSeconds: env.TELEMETRY_PULL_SECONDS,
    retention: {
      deadLetterDays: env.TELEMETRY_KEEP_DEAD_LETTER_DAYS,
      noticeDays: env.TELEMETRY_KEEP_NOTICE_DAYS,
      batchDays: env.TELEMETRY_KEEP_BATCH_DAYS,
      attemptDays: env.TELEMETRY_KEEP_ATTEMPT_DAYS,
    },
    carriers: carrierSettings(env),
  };
}
