import { describe, expect, it } from 'vitest';
import { readTelemetryEnv } from './env.ts';

describe('readTelemetryEnv', () => {
  it('listens and simulates as the mode says when nothing is set', () => {
    expect(readTelemetryEnv({ TELEMETRY_MQTT_SHARED_GROUP: ' ' })).toEqual({
      isIntakeOn: true,
      simulator: 'auto',
      analysesAtStart: 'auto',
      simulatorSeconds: 15,
      sparkplugHostId: 'cauce',
      mqttClientId: 'cauce-telemetry',
      mqttTopicRoot: 'cauce',
      mqttSharedGroup: null,
      batchSize: 1_000,
      lanes: 3,
      lingerMs: 10,
      reporting: 'auto',
      pullConcurrency: 6,
      pullSeconds: 60,
      retention: { deadLetterDays: 90, noticeDays: 365, batchDays: 90, attemptDays: 1_825 },
      carriers: { email: null, sms: null },
    });
  });

  it('names every bad variable at once', () => {
    const read = () =>
      readTelemetryEnv({ TELEMETRY_INTAKE: 'yes', TELEMETRY_BATCH_SIZE: '0', TELEMETRY_MQTT_TOPIC_ROOT: 'a/#' });
    expect(read).toThrow(/TELEMETRY_INTAKE[\s\S]*TELEMETRY_MQTT_TOPIC_ROOT[\s\S]*TELEMETRY_BATCH_SIZE/);
  });
});
