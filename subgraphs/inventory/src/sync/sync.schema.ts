import { paceOf } from '../erp/sync-progress.ts';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { SyncStatus } from './sync.service.ts';
import { type SyncJob, type SyncSchedule, syncEntities, syncJobStatuses, syncModes } from './sync.ts';
import { addSyncEvidence } from './sync-evidence.schema.ts';

export type SyncTypes = ReturnType<typeof addSync>;

/** Adds how the copying from the ERPs stands, and its live changes. */
export function addSync(builder: InventoryBuilder, { installation, freshness, company }: InventoryRefs) {
  const entity = builder.enumType('SyncEntity', { description: 'A kind of row that is copied.', values: syncEntities });
  const mode = builder.enumType('SyncMode', {
    description: 'All rows, or those that changed since the last run.',
    values: syncModes,
  });
  const status = builder.enumType('SyncJobStatus', { description: 'How far a run is.', values: syncJobStatuses });

  installation.implement({
    description: 'An ERP that rows are copied from.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Short name, unique.' }),
      name: t.exposeString('name', { description: 'Name for people.' }),
      company: t.field({
        type: company,
        description: 'Whose ERP it is.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
    }),
  });
  freshness.implement({
    description: 'How old the copy of one kind of row is.',
    fields: (t) => ({
      installation: t.expose('installation', { type: installation, description: 'The ERP.' }),
      entity: t.expose('entity', { type: entity, description: 'The kind of row.' }),
      completedAt: t.expose('completedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'End of the last run that succeeded; null when none did yet.',
      }),
    }),
  });

  const { certificate, failedRow } = addSyncEvidence(builder);
  const job = builder.objectRef<SyncJob>('SyncJob').implement({
    description: 'One run of copying one kind of row.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      entity: t.expose('entity', { type: entity, description: 'The kind of row.' }),
      mode: t.expose('mode', { type: mode, description: 'All rows or the changed ones.' }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      recordsProcessed: t.exposeInt('recordsProcessed', { description: 'Rows read from the ERP.' }),
      recordsCreated: t.exposeInt('recordsCreated', { description: 'Rows that are new here.' }),
      recordsUpdated: t.exposeInt('recordsUpdated', { description: 'Rows that changed here.' }),
      recordsDeleted: t.exposeInt('recordsDeleted', { description: 'Rows that are gone from the ERP.' }),
      recordsFailed: t.exposeInt('recordsFailed', {
        description: 'Rows that could not be taken, kept with their reason.',
      }),
      recordsExpected: t.exposeInt('recordsExpected', {
        nullable: true,
        description: 'Rows that the ERP announced; null when it cannot say.',
      }),
      errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it failed, in English.' }),
      errorCode: t.exposeString('errorCode', {
        nullable: true,
        description: 'Stable code of why: `CONNECTION_LOST`, `SIGN_IN_REFUSED`, `BAD_MAPPING`, …',
      }),
      attempt: t.exposeInt('attempt', { description: 'Workers that took it so far.' }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it is tried again after a failure that may pass.',
      }),
      rowsPerSecond: t.float({
        nullable: true,
        description: 'Rows read a second since it began; null before the first.',
        resolve: (parent, _args, { services }) => paceOf(parent, services.now()).rowsPerSecond,
      }),
      secondsLeft: t.int({
        nullable: true,
        description: 'Seconds until it is through, at that pace; null when nobody can say.',
        resolve: (parent, _args, { services }) => paceOf(parent, services.now()).secondsLeft,
      }),
      certificate: t.field({
        type: certificate,
        nullable: true,
        description: 'Proof that everything is here, made at the end of the run.',
        resolve: ({ id }, _args, { services }) => services.sync.certificate(id),
      }),
      failedRows: t.field({
        type: [failedRow],
        description: 'Rows that could not be taken, in the order in which they failed.',
        args: {
          first: t.arg.int({ defaultValue: 50, description: 'How many, at most 500.' }),
          after: t.arg.id({ required: false, description: 'The last one that was seen.' }),
        },
        resolve: ({ id }, { first, after }, { services }) => services.sync.failedRows(id, first, after ?? null),
      }),
      startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker took it.' }),
      completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
      installation: t.expose('installation', { type: installation, nullable: true, description: 'The ERP.' }),
    }),
  });
  const schedule = builder.objectRef<SyncSchedule>('SyncSchedule').implement({
    description: 'When one kind of row is copied.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      entity: t.expose('entity', { type: entity, description: 'The kind of row.' }),
      mode: t.expose('mode', { type: mode, description: 'All rows or the changed ones.' }),
      cron: t.exposeString('cron', { description: 'Minute, hour, day, month, weekday, read in `timeZone`.' }),
      timeZone: t.exposeString('timeZone', { description: "Zone of the ERP's clock, such as `America/Santiago`." }),
      isActive: t.exposeBoolean('isActive', { description: 'It runs; otherwise it is paused.' }),
      lastRunAt: t.expose('lastRunAt', { type: 'DateTime', nullable: true, description: 'When it last began.' }),
      nextRunAt: t.expose('nextRunAt', { type: 'DateTime', nullable: true, description: 'When it begins next.' }),
      installation: t.expose('installation', { type: installation, description: 'The ERP.' }),
    }),
  });

  const syncStatus = builder.objectRef<SyncStatus>('SyncStatus').implement({
    description: 'How the copying from the ERPs of the companies that the viewer reaches stands.',
    fields: (t) => ({
      jobs: t.field({
        type: [job],
        description: 'Runs, newest first.',
        args: { first: t.arg.int({ defaultValue: 10, description: 'How many, at most 50.' }) },
        resolve: (parent, { first }) => parent.jobs(first),
      }),
      schedules: t.field({
        type: [schedule],
        description: 'What runs when.',
        resolve: (parent) => parent.schedules(),
      }),
      lastSync: t.field({
        type: [freshness],
        description: 'The last run that succeeded, for each ERP and kind of row.',
        resolve: (parent) => parent.lastSync(),
      }),
    }),
  });

  builder.queryField('syncStatus', (t) =>
    t.field({
      type: syncStatus,
      description: 'How the copying from the ERPs stands.',
      authScopes: { permission: 'inventory:read' },
      resolve: (_root, _args, { services }) => services.sync.status,
    }),
  );
  builder.queryField('syncJob', (t) =>
    t.field({
      type: job,
      nullable: true,
      description: 'A run of an ERP within reach.',
      authScopes: { permission: 'inventory:read' },
      args: { id: t.arg.id({ description: 'The run.' }) },
      resolve: (_root, { id }, { services }) => services.sync.find(id),
    }),
  );
  builder.subscriptionField('syncJobProgress', (t) =>
    t.field({
      type: job,
      description: 'A run, each time it has begun, gone on or ended; with its pace.',
      authScopes: { permission: 'inventory:read' },
      args: { jobId: t.arg.id({ description: 'The run.' }) },
      subscribe: (_root, { jobId }, { services }) => services.sync.progress(jobId),
      resolve: (current) => current,
    }),
  );
  builder.subscriptionField('syncStatusChanged', (t) =>
    t.field({
      type: syncStatus,
      description: 'The status again, each time a run of an ERP within reach begins, goes on or ends.',
      authScopes: { permission: 'inventory:read' },
      subscribe: (_root, _args, { services }) => services.sync.changes(),
      resolve: (current) => current,
    }),
  );
  return { job, schedule, entity, mode };
}
