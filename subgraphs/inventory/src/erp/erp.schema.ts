import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { SyncTypes } from '../sync/sync.schema.ts';
import { addErpAudit, type ErpAuditRefs } from './erp-audit.schema.ts';
import type { ErpSettings } from './installations.service.ts';
import { addStockProof } from './proof/stock-proof.schema.ts';
import { addErpWarehouses } from './warehouses/warehouses.schema.ts';

/** Adds the ERPs with their settings, audit and mapping, and what starts, ends and plans their copies. */
export function addErp(builder: InventoryBuilder, refs: InventoryRefs, types: SyncTypes): void {
  const settings = settingsRef(builder);
  implementSettings(builder, refs, settings, {
    ...addErpAudit(builder, types),
    proof: addStockProof(builder, refs),
    warehouse: addErpWarehouses(builder, refs),
  });
  addSettingMutations(builder, settings);
  addRunMutations(builder, types);
}

type SettingsRef = ReturnType<typeof settingsRef>;
type SettingsParts = ErpAuditRefs & {
  readonly proof: ReturnType<typeof addStockProof>;
  readonly warehouse: ReturnType<typeof addErpWarehouses>;
};

function settingsRef(builder: InventoryBuilder) {
  return builder.objectRef<ErpSettings>('ErpSettings');
}

function implementSettings(
  builder: InventoryBuilder,
  { installation, company }: InventoryRefs,
  settings: SettingsRef,
  { audit, kind, proof, warehouse }: SettingsParts,
): void {
  settings.implement({
    description: 'An ERP with what is needed to copy from it. Its password is never shown.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      installation: t.field({ type: installation, description: 'The ERP.', resolve: (parent) => parent }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      kind: t.expose('kind', { type: kind, description: 'What it is.' }),
      connection: t.field({
        type: 'JSON',
        description: 'Host, port, database, user and timeout (ms) of a Microsip; articles of the sample.',
        resolve: ({ connection }) => connection ?? {},
      }),
      hasPassword: t.exposeBoolean('hasPassword', { description: 'A password is kept, encrypted.' }),
      timeZone: t.exposeString('timeZone', { description: "Zone of the ERP's clock." }),
      isActive: t.exposeBoolean('isActive', { description: 'It is copied from; otherwise it is paused.' }),
      mapping: t.field({
        type: 'JSON',
        description:
          'How it is read: charset, key role, price list, branches, and a table or view for each kind of row.',
        resolve: ({ mapping }) => mapping ?? {},
      }),
      mappingConfirmedAt: t.expose('mappingConfirmedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When a person confirmed the mapping; nothing is copied before.',
      }),
      audit: t.expose('audit', { type: audit, nullable: true, description: 'What the last audit found.' }),
      auditedAt: t.expose('auditedAt', { type: 'DateTime', nullable: true, description: 'When that was.' }),
      lastCheckedAt: t.expose('lastCheckedAt', { type: 'DateTime', nullable: true, description: 'Last audit tried.' }),
      lastCheckError: t.exposeString('lastCheckError', {
        nullable: true,
        description: 'Why the last audit failed: its code, and in English what was found; null when it went well.',
      }),
      warehouses: t.field({
        type: [warehouse],
        description: 'Its warehouses as they were copied, with the site of each.',
        resolve: ({ id }, _args, { services }) => services.warehousePlacing.list(id),
      }),
      stockProof: t.field({
        type: proof,
        nullable: true,
        description: 'The last time its stock was held against its documents.',
        resolve: ({ id }, _args, { services }) => services.stockProofs.last(id),
      }),
      updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'Version, for `expectedUpdatedAt`.' }),
    }),
  });
  builder.queryField('erpSettings', (t) =>
    t.field({
      type: [settings],
      description: 'The ERPs of the companies that the viewer reaches, with how they are copied from.',
      authScopes: { permission: 'sync:trigger' },
      resolve: (_root, _args, { services }) => services.installations.list(),
    }),
  );
}

function addSettingMutations(builder: InventoryBuilder, settings: SettingsRef): void {
  const input = builder.inputType('SaveErpInstallationInput', {
    description: 'An ERP to copy from: without an id a new one.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The one to change.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: 'Version that was seen; STALE if it is another now.',
      }),
      companyId: t.id({ required: false, description: 'Whose it is; of a new one.' }),
      kind: t.string({ description: '`MICROSIP` or `SAMPLE`; fixed once it is there.' }),
      code: t.string({ description: 'Short name, unique.' }),
      name: t.string({ description: 'Name for people.' }),
      timeZone: t.string({ description: "Zone of the ERP's clock, such as `America/Mexico_City`." }),
      isActive: t.boolean({ required: false, description: 'Whether it is copied from.' }),
      connection: t.field({
        type: 'JSON',
        description: 'Microsip: `{ host, port, database, user, timeoutMs }`. Sample: `{ articles }`.',
      }),
      password: t.string({
        required: false,
        description: 'Kept encrypted and never shown; left out it stays. Needed again when the ERP moves.',
      }),
    }),
  });
  builder.mutationField('saveErpInstallation', (t) =>
    t.field({
      type: settings,
      description:
        'Registers an ERP or changes one. What it is read by is found by `auditErp` and confirmed by `saveErpMapping`.',
      authScopes: { permission: 'inventory:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveErpInstallationResult' } },
      args: { input: t.arg({ type: input, description: 'The ERP.' }) },
      resolve: (_root, { input: given }, { services }) => services.installations.save(given),
    }),
  );
  builder.mutationField('auditErp', (t) =>
    t.field({
      type: settings,
      description:
        'Looks at an ERP without copying, and proposes how to read it, with samples and doubts. Two minutes at most.',
      authScopes: { permission: 'inventory:write' },
      errors: { types: [NotFound, Conflict], union: { name: 'AuditErpResult' } },
      args: { id: t.arg.id({ description: 'The ERP.' }) },
      resolve: (_root, { id }, { services }) => services.installations.audit(id),
    }),
  );
  builder.mutationField('saveErpMapping', (t) =>
    t.field({
      type: settings,
      description: 'Confirms how an ERP is read; the next run of each kind copies everything.',
      authScopes: { permission: 'inventory:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveErpMappingResult' } },
      args: {
        id: t.arg.id({ description: 'The ERP.' }),
        mapping: t.arg({ type: 'JSON', description: 'As the audit proposed it, or changed.' }),
      },
      resolve: (_root, { id, mapping }, { services }) => services.installations.saveMapping(id, mapping),
    }),
  );
}

function addRunMutations(builder: InventoryBuilder, { job, schedule, entity, mode }: SyncTypes): void {
  builder.mutationField('startSync', (t) =>
    t.field({
      type: job,
      description: 'Has one kind of row copied from an ERP, at once.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'StartSyncResult' } },
      args: {
        installationId: t.arg.id({ required: false, description: 'The ERP, where the viewer reaches several.' }),
        entity: t.arg({ type: entity, description: 'The kind of row.' }),
        mode: t.arg({ type: mode, defaultValue: 'INCREMENTAL', description: 'All rows or the changed ones.' }),
      },
      resolve: async (_root, { installationId, ...asked }, { services }) =>
        services.sync.job(await services.syncRuns.start({ ...asked, installationId: installationId ?? null })),
    }),
  );
  const started = builder.objectRef<readonly string[]>('StartedSyncs').implement({
    description: 'Runs that were asked for together.',
    fields: (t) => ({
      jobs: t.field({
        type: [job],
        description: 'One for each kind of row that had none, in the order in which they are worked.',
        resolve: (ids, _args, { services }) => Promise.all(ids.map((id) => services.sync.job(id))),
      }),
    }),
  });
  builder.mutationField('startFullSync', (t) =>
    t.field({
      type: started,
      description: 'Has everything copied from an ERP again: one run for each kind of row that has none under way.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'StartFullSyncResult' } },
      args: {
        installationId: t.arg.id({ required: false, description: 'The ERP, where the viewer reaches several.' }),
      },
      resolve: (_root, { installationId }, { services }) => services.syncRuns.startFull(installationId ?? null),
    }),
  );
  builder.mutationField('cancelSync', (t) =>
    t.field({
      type: job,
      description: 'Ends a run; what it has copied stays, and it can be resumed.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict], union: { name: 'CancelSyncResult' } },
      args: { jobId: t.arg.id({ description: 'The run.' }) },
      resolve: async (_root, { jobId }, { services }) => services.sync.job(await services.syncRuns.cancel(jobId)),
    }),
  );
  builder.mutationField('resumeSync', (t) =>
    t.field({
      type: job,
      description: 'Goes on with a run that was cancelled or failed, from where it was.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict], union: { name: 'ResumeSyncResult' } },
      args: { jobId: t.arg.id({ description: 'The run.' }) },
      resolve: async (_root, { jobId }, { services }) => services.sync.job(await services.syncRuns.resume(jobId)),
    }),
  );
  const input = builder.inputType('SaveSyncScheduleInput', {
    description: 'When one kind of row is copied.',
    fields: (t) => ({
      installationId: t.id({ description: 'The ERP.' }),
      entity: t.field({ type: entity, description: 'The kind of row.' }),
      mode: t.field({ type: mode, description: 'All rows or the changed ones.' }),
      cron: t.string({ description: "Minute, hour, day, month, weekday, in the ERP's zone." }),
      isActive: t.boolean({ description: 'It runs; otherwise it is paused.' }),
    }),
  });
  builder.mutationField('saveSyncSchedule', (t) =>
    t.field({
      type: schedule,
      description: 'Sets when one kind of row is copied.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, ValidationFailed], union: { name: 'SaveSyncScheduleResult' } },
      args: { input: t.arg({ type: input, description: 'The schedule.' }) },
      resolve: async (_root, { input: given }, { services }) =>
        services.sync.schedule(await services.syncRuns.saveSchedule(given)),
    }),
  );
}
