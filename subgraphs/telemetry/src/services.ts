import type { JobRun } from '@cauce/prisma/client';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type Alerts, createAlerts } from './alerts/alerts.service.ts';
import { createAlertStore } from './alerts/alerts.store.ts';
import type { AnalysisThread } from './analysis/analyse-series.ts';
import { type Analyses, createAnalyses } from './analysis/analyses.service.ts';
import { type Compliance, createCompliance } from './compliance/compliance.service.ts';
import { createComplianceStore } from './compliance/compliance.store.ts';
import { createDecisions, type Decisions } from './compliance/decisions/decisions.service.ts';
import type { Registration } from './compliance/decisions/registration.ts';
import { createRegistrations, type Registrations } from './compliance/decisions/registrations.service.ts';
import { readRegistrations } from './compliance/decisions/registrations.store.ts';
import { createRegulatorAccounts, type RegulatorAccounts } from './compliance/reverse/accounts.service.ts';
import { createReverseDoor, type ReverseDoor } from './compliance/reverse/reverse-door.service.ts';
import { createPublicVouchers, type PublicVoucher } from './compliance/vouchers/public-voucher.ts';
import { createVoucherLinks, type VoucherLinks } from './compliance/vouchers/voucher-links.service.ts';
import { createConsumption, type ExplainConsumption } from './consumption/consumption.service.ts';
import { readConsumption } from './consumption/consumption.store.ts';
import { createFacts, type Facts } from './facts/facts.service.ts';
import { createChirpstackIngest, type IngestedChirpstackEvent } from './intake/chirpstack-ingest.service.ts';
import { createDeadLetters, type DeadLetters } from './intake/dead-letters.service.ts';
import { createIngest, type IngestedReadings } from './intake/ingest.service.ts';
import { createLive, type Live } from './live/live.service.ts';
import { createNotifications, type Notifications } from './notifications/notifications.service.ts';
import type { SendNotifications } from './notifications/send-notifications.ts';
import { createWaterUses, type WaterUses } from './places/water-use.service.ts';
import { readWaterUse } from './places/water-use.store.ts';
import { createPointWriteStore } from './points/point-writes.store.ts';
import { createPointWriting, type PointWriting } from './points/point-writing.service.ts';
import { createPoints, type Points } from './points/points.service.ts';
import { createPointStore } from './points/points.store.ts';
import { createProviderSaving, type ProviderSaving } from './providers/provider-saving.service.ts';
import { createProviderTesting, type ProviderTesting } from './providers/provider-testing.service.ts';
import {
  type ProviderDevice,
  type ProviderView,
  readPointDevices,
  readProviderDevices,
  readProviders,
  readProvidersById,
} from './providers/providers.store.ts';
import { reprocessJob } from './reprocess/reprocess.jobs.ts';
import { createReprocessing, type Reprocessing } from './reprocess/reprocess.service.ts';
import { telemetryRowScopes } from './row-scopes.ts';
import { createRules, type Rules } from './rules/rules.service.ts';
import { readScheduleRuns, readSchedules, type TelemetrySchedule } from './schedules/schedules.service.ts';
import { createSchemaServices, type SchemaServices } from './schemas/create-schema-services.ts';
import { createExpressionCompiler } from './schemas/expressions/expression-compiler.ts';
import { createRawSeries, type ReadRawSeries } from './series/raw-series.service.ts';
import { readRawSeries } from './series/raw-series.store.ts';
import { createSeries, type Series } from './series/series.service.ts';
import { readSeries } from './series/series.store.ts';
import { createSimulatorControls, type SimulatorControls } from './simulator/simulator.service.ts';
import type { Simulator } from './simulator/simulator.ts';

/** What telemetry's resolvers call: one viewer's points and what hangs on them, each read once for the request. */
export interface TelemetryServices extends SchemaServices {
  readonly points: Points;
  readonly reprocessing: Reprocessing;
  readonly facts: Facts;
  readonly series: Series;
  readonly rawSeries: ReadRawSeries;
  readonly consumption: ExplainConsumption;
  readonly analyses: Analyses;
  readonly alerts: Alerts;
  readonly rules: Rules;
  readonly compliance: Compliance;
  readonly decisions: Decisions;
  readonly registrations: Registrations;
  registrationsOf(pointId: string): Promise<readonly Registration[]>;
  readonly regulatorAccounts: RegulatorAccounts;
  readonly reverseDoor: ReverseDoor;
  readonly voucherLinks: VoucherLinks;
  publicVoucher(token: string, address: string | null): Promise<PublicVoucher | null>;
  readonly waterUses: WaterUses;
  readonly pointWriting: PointWriting;
  readonly live: Live;
  readonly notifications: Notifications;
  readonly providerSaving: ProviderSaving;
  readonly deadLetters: DeadLetters;
  readonly simulator: SimulatorControls;
  now(): Date;
  schedules(): Promise<readonly TelemetrySchedule[]>;
  scheduleRuns(name: string, first: number): Promise<readonly JobRun[]>;
  providers(): Promise<readonly ProviderView[]>;
  provider(id: string): Promise<ProviderView | null>;
  providerDevices(providerId: string): Promise<readonly ProviderDevice[]>;
  pointDevices(pointId: string): Promise<readonly ProviderDevice[]>;
  readonly providerTesting: ProviderTesting;
  ingest(input: unknown): Promise<IngestedReadings>;
  ingestChirpstackEvent(input: unknown): Promise<IngestedChirpstackEvent>;
}

export type TelemetryBuilder = CauceBuilder<TelemetryServices>;

type ServiceMakerDeps = Pick<Deps, 'db' | 'clock' | 'bus' | 'http' | 'settings' | 'jobs' | 'rateLimits'> & {
  readonly sendNotifications: SendNotifications;
  /** First level of the device topics. */
  readonly topicRoot: string;
  /** What plays the demo's devices; null outside of the demo. */
  readonly simulator: Simulator | null;
  readonly thread: AnalysisThread;
};

/** Makes the services of each request; one maker serves the whole process. */
export function createServiceMaker({
  db,
  clock,
  bus,
  http,
  settings,
  jobs,
  rateLimits,
  sendNotifications,
  topicRoot,
  simulator,
  thread,
}: ServiceMakerDeps): (scope: RequestScope) => TelemetryServices {
  const secretBox = createSecretBox(settings.encryptionKey);
  const scopedFor = createScopedClient(db.client, telemetryRowScopes);
  const reprocess = reprocessJob({ db });
  const { tokenSecret } = settings;
  const reverseDoor = createReverseDoor({ client: db.client, clock, rateLimits, tokenSecret });
  const publicVoucher = createPublicVouchers({ client: db.client, rateLimits });
  const compiler = createExpressionCompiler();
  return (scope) => {
    const { viewer, signal } = scope;
    const client = scopedFor(viewer);
    const pointStore = createPointStore(client);
    const alertStore = createAlertStore(client);
    const reprocessing = createReprocessing({ client, clock, actor: scope, jobs, job: reprocess });
    const registrations = createListLoader(
      (pointIds) => readRegistrations(client, pointIds),
      (registration: Registration) => registration.pointId,
    );
    const devices = createListLoader(
      (ids) => readProviderDevices(client, ids),
      (device: ProviderDevice) => device.providerId ?? '',
    );
    const pointDevices = createListLoader(
      (ids) => readPointDevices(client, ids),
      (device: ProviderDevice) => device.pointId,
    );
    const provider = createIdLoader((ids) => readProvidersById(client, ids));
    const points = createPoints(pointStore, clock);
    return {
      points,
      ...createSchemaServices({ client, sql: db.client, clock, actor: scope, compiler, points }),
      reprocessing,
      facts: createFacts({ client, clock, actor: scope, reprocessing }),
      consumption: createConsumption((ids, from, to) => readConsumption(db.client, ids, from, to)),
      series: createSeries((ids, query) => readSeries(db.client, ids, query)),
      rawSeries: createRawSeries((ids, query) => readRawSeries(db.client, ids, query)),
      analyses: createAnalyses({ client, own: { client: db.client, thread }, clock, actor: scope, signal }),
      rules: createRules({ client, actor: scope }),
      alerts: createAlerts({ store: alertStore, clock, actor: scope }),
      compliance: createCompliance(createComplianceStore(client, db.client, viewer), clock),
      decisions: createDecisions({ client, clock, actor: scope }),
      registrations: createRegistrations({ client, clock, secretBox, actor: scope }),
      registrationsOf: (pointId) => registrations.load(pointId),
      regulatorAccounts: createRegulatorAccounts({ client, clock, actor: scope }),
      reverseDoor,
      voucherLinks: createVoucherLinks({ client, clock, actor: scope }),
      publicVoucher,
      waterUses: createWaterUses((place, ids, range) => readWaterUse(db.client, viewer, place, ids, range)),
      pointWriting: createPointWriting({ store: createPointWriteStore(client), clock, actor: scope, reprocessing }),
      live: createLive({
        ...{ bus, clock, viewer, signal },
        submission: async (id) => client.complianceSubmission.findFirst({ where: { id }, include: { source: true } }),
        point: async (id) => (await pointStore.byIds([id]))[0] ?? null,
        alert: async (id) => (await alertStore.byIds([id]))[0] ?? null,
      }),
      notifications: createNotifications({ client, clock, jobs, secretBox, actor: scope, send: sendNotifications }),
      now: clock.now,
      schedules: () => readSchedules({ db, clock, viewer }),
      scheduleRuns: (name, first) => readScheduleRuns({ db, viewer }, name, first),
      providers: () => readProviders(client),
      provider: (id) => provider.load(id),
      providerDevices: (id) => devices.load(id),
      pointDevices: (id) => pointDevices.load(id),
      providerSaving: createProviderSaving({
        ...{ client, clock, secretBox, actor: scope },
        isPrivateNetworkAllowed: settings.isPrivateNetworkAllowed,
      }),
      providerTesting: createProviderTesting({ client, clock, secretBox, http, settings, signal, actor: scope }),
      simulator: createSimulatorControls({ client, actor: scope, simulator, reachable: pointStore.byIds }),
      deadLetters: createDeadLetters({ client, clock, actor: scope, topicRoot }),
      ingest: createIngest({ client: db.client, clock, actor: scope, reachable: pointStore.byCodes }),
      ingestChirpstackEvent: createChirpstackIngest({
        ...{ client: db.client, clock, actor: scope, reachable: pointStore.byCodes },
      }),
    };
  };
}
