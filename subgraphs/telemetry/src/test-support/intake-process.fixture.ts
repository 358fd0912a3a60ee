import { systemClock } from '@cauce/shared/clock';
import { createDatabase } from '@cauce/shared/db/create-database';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { createMessageStore } from '../intake/message-store.ts';
import { startMqttIntake } from '../intake/mqtt-intake.ts';

// An intake in a process of its own, for tests that kill it. Database, broker, client id and perhaps
// the size of its batches are its arguments.
const [databaseUrl, brokerUrl, clientId, batchSize = '200'] = process.argv.slice(2);
if (databaseUrl === undefined || brokerUrl === undefined || clientId === undefined) throw new Error('Three arguments');

const metrics = createMetrics({ process: 'intake', hasProcessMetrics: false });
const db = createDatabase({ url: databaseUrl, applicationName: 'cauce-intake-fixture', log: silentLog });
const { health } = startMqttIntake({
  url: brokerUrl,
  clientId,
  topicRoot: 'cauce',
  sharedGroup: null,
  store: createMessageStore({ db, clock: systemClock, log: silentLog, metrics }, 'cauce'),
  clock: systemClock,
  log: silentLog,
  metrics,
  lanes: 3,
  batchSize: Number(batchSize),
  lingerMs: 5,
});

const { signal } = new AbortController();
await eventually(() =>
  health.check(signal).then(
    () => true,
    () => false,
  ),
);
process.stdout.write('listening\n');
