import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Stop, Subgraph } from '@cauce/shared/subgraph/subgraph';
import { learnCadenceJob, watchRulesJob, watchSilenceJob } from './alerts/alerts.jobs.ts';
import { analyseAtStart, createAnalysisThread, findAnomaliesJob, forecastSeriesJob } from './analysis/analysis.jobs.ts';
import { complianceJobs } from './compliance/compliance.jobs.ts';
import { readTelemetryEnv, type TelemetryEnv } from './env.ts';
import { createMessageStore } from './intake/message-store.ts';
import { type MqttIntake, startMqttIntake } from './intake/mqtt-intake.ts';
import { runSparkplugHost } from './intake/sparkplug/run-sparkplug-host.ts';
import { createCarriers } from './notifications/carriers/create-carriers.ts';
import { dailySummaryJob } from './notifications/daily-summary.ts';
import { createSendNotifications } from './notifications/send-notifications.ts';
import { notificationConsumer, startTellingOfAlerts } from './notifications/tell-of-alerts.ts';
import { complianceNoticeConsumer, startTellingOfCompliance } from './notifications/tell-of-compliance.ts';
import { pullJobs } from './providers/providers.jobs.ts';
import { reprocessJob } from './reprocess/reprocess.jobs.ts';
import { pruneRecordsJob } from './retention/retention.jobs.ts';
import { ensurePartitions, ensurePartitionsJob, refreshRollupsJob } from './rollups/rollups.jobs.ts';
import { createTelemetrySchema } from './schema.ts';
import { createServiceMaker } from './services.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';

/** Water: catchment points, what their devices send, what follows from it, and what the regulators are owed. */
export function createTelemetrySubgraph(deps: Deps, env: TelemetryEnv = readTelemetryEnv()): Subgraph {
  const carriers = createCarriers(env.carriers, deps.http);
  const sendNotifications = createSendNotifications(deps, carriers);
  const simulator = createOwnSimulator(deps, env);
  const thread = createAnalysisThread();
  const servicesOf = createServiceMaker({
    ...deps,
    sendNotifications,
    topicRoot: env.mqttTopicRoot,
    simulator,
    thread,
  });
  const analyses = [findAnomaliesJob({ ...deps, thread }), forecastSeriesJob({ ...deps, thread })];
  let intake: MqttIntake | null = null;
  return {
    name: 'telemetry',
    schema: createTelemetrySchema(),
    createContext: (scope) => ({ ...scope, services: servicesOf(scope) }),
    jobs: [
      watchSilenceJob(deps),
      learnCadenceJob(deps),
      watchRulesJob(deps),
      refreshRollupsJob(deps),
      ...analyses,
      reprocessJob(deps),
      ensurePartitionsJob(deps),
      pruneRecordsJob(deps, env.retention),
      sendNotifications,
      dailySummaryJob(deps, sendNotifications),
      ...reportingJobs(deps, env),
      ...pullJobs(deps, { concurrency: env.pullConcurrency, budgetSeconds: env.pullSeconds }),
    ],
    health: [
      {
        name: 'device-broker',
        isRequired: false,
        check: async (signal) => intake?.health.check(signal),
      },
    ],
    outboxConsumers: [notificationConsumer, complianceNoticeConsumer],
    start: async () => {
      await ensurePartitions(deps, deps.clock.now());
      const telling = startTellingOfAlerts(deps, sendNotifications);
      const tellingOfCompliance = startTellingOfCompliance(deps, sendNotifications);
      if (isOn(env.analysesAtStart, deps)) await analyseAtStart(deps, analyses);
      const stopDevices = await startHearingDevices();
      return async () => {
        await stopDevices();
        await Promise.all([telling.stop(), tellingOfCompliance.stop()]);
        await thread.end();
        carriers.EMAIL?.close();
      };
    },
  };

  async function startHearingDevices(): Promise<Stop> {
    const { mqttUrl } = deps.settings;
    if (mqttUrl === null || !env.isIntakeOn) return async () => {};
    const started = startIntake(deps, env, mqttUrl);
    intake = started;
    if (isOn(env.simulator, deps)) await simulator?.start();
    const stopSparkplug = startSparkplug(deps, env, mqttUrl);
    return async () => {
      await simulator?.stop();
      await stopSparkplug?.();
      await started.stop();
      intake = null;
    };
  }
}

function startIntake(deps: Deps, env: TelemetryEnv, url: string): MqttIntake {
  const { clock, log, metrics } = deps;
  return startMqttIntake({
    url,
    clientId: env.mqttClientId,
    topicRoot: env.mqttTopicRoot,
    sharedGroup: env.mqttSharedGroup,
    store: createMessageStore(deps, env.mqttTopicRoot),
    clock,
    log,
    metrics,
    lanes: env.lanes,
    batchSize: env.batchSize,
    lingerMs: env.lingerMs,
  });
}

function startSparkplug(deps: Deps, env: TelemetryEnv, url: string): Stop | null {
  const { clock, log, metrics, locks } = deps;
  const { sparkplugHostId: hostId, batchSize, lingerMs } = env;
  if (hostId === null) return null;
  const store = createMessageStore(deps, env.mqttTopicRoot);
  return runSparkplugHost({ url, hostId, store, clock, log, metrics, locks, batchSize, lingerMs });
}

/** Real regulators hear of it only where it is switched on. */
function reportingJobs(deps: Deps, { reporting }: TelemetryEnv): ReturnType<typeof complianceJobs> {
  if (reporting === 'on') return complianceJobs(deps, 'in-earnest');
  return reporting === 'auto' && deps.settings.mode === 'demo' ? complianceJobs(deps, 'in-demo') : [];
}

/** `auto` means in demo mode. */
function isOn(choice: 'on' | 'off' | 'auto', { settings }: Deps): boolean {
  return choice === 'on' || (choice === 'auto' && settings.mode === 'demo');
}

/** Nothing is simulated where real devices are, unless it is asked for. */
function createOwnSimulator({ db, clock, log, settings }: Deps, env: TelemetryEnv): Simulator | null {
  const { mqttUrl: url, mode } = settings;
  if (url === null || !env.isIntakeOn || (mode === 'production' && env.simulator !== 'on')) return null;
  const { mqttTopicRoot: topicRoot, simulatorSeconds: seconds } = env;
  return createSimulator({ url, topicRoot, pool: db.pool, clock, log, seconds });
}
