import { demoId } from '../demo-id.ts';
import { demoCompanies } from '../demo-places.ts';
import { createRandom, type Random } from '../random.ts';
import { installationOf } from './products.ts';
import type { TableRows } from './rows.ts';

type Entity = 'productos' | 'inventario' | 'ventas' | 'clientes';

/** How often each kind of row is copied, and how many rows a run touches. */
const schedules: readonly { entity: Entity; cron: string; everyHours: number; rows: readonly [number, number] }[] = [
  { entity: 'productos', cron: '0 */6 * * *', everyHours: 6, rows: [0, 60] },
  { entity: 'inventario', cron: '0 */2 * * *', everyHours: 2, rows: [150, 900] },
  { entity: 'ventas', cron: '0 * * * *', everyHours: 1, rows: [2, 40] },
  { entity: 'clientes', cron: '30 5 * * *', everyHours: 24, rows: [0, 8] },
];

const historyDays = 21;
const hourMs = 3_600_000;
const failures = [
  'The ERP closed the connection while rows were being read',
  'The ERP did not answer within 30 s',
  'Lock conflict on no wait transaction: table SALDOS_IN is in use',
] as const;

/**
 * Three weeks of copying from both ERPs: schedules, runs with their counts, failures with the rows they stumbled on, and
 * where the next run begins. The second company's sales have been failing since this morning.
 */
export function syncTables(now: Date): TableRows[] {
  const random = createRandom('inventory.sync');
  const companies = Object.values(demoCompanies);
  const jobs = companies.flatMap((company) =>
    schedules.flatMap((schedule) => runsOf(company.id, schedule, now, random)),
  );
  const done = jobs.filter(({ isFailed }) => !isFailed);
  const lastDone = [...Map.groupBy(done, ({ key }) => key).values()].flatMap((runs) => runs.slice(-1));
  return [
    {
      table: 'sync_jobs',
      columns: {
        id: 'uuid',
        job_type: 'inventory.sync_entity',
        status: 'inventory.sync_job_status',
        mode: 'inventory.sync_mode',
        records_processed: 'int',
        records_created: 'int',
        records_updated: 'int',
        records_failed: 'int',
        error_message: 'text',
        started_at: 'timestamptz',
        completed_at: 'timestamptz',
        created_at: 'timestamptz',
        company_id: 'uuid',
        installation_id: 'uuid',
      },
      rows: jobs.map(({ row }) => row),
    },
    {
      table: 'sync_failed_rows',
      columns: {
        id: 'uuid',
        job_id: 'uuid',
        entity: 'inventory.sync_entity',
        source_key: 'text',
        data: 'jsonb',
        reason: 'text',
        created_at: 'timestamptz',
      },
      rows: done.flatMap(({ id, entity, failed, completedAt }) =>
        Array.from({ length: failed }, (_, index) => [
          demoId('sync-failed-row', `${id}:${index}`),
          id,
          entity,
          String(90_000 + index),
          JSON.stringify({ CLAVE_ARTICULO: '', UNIDADES: '1,5' }),
          'MISSING_KEY',
          completedAt,
        ]),
      ),
    },
    {
      table: 'sync_certificates',
      columns: {
        job_id: 'uuid',
        is_complete: 'boolean',
        source_count: 'bigint',
        our_count: 'bigint',
        created_at: 'timestamptz',
      },
      rows: lastDone.map(({ id, processed, failed, completedAt }) => [
        id,
        failed === 0,
        processed,
        processed - failed,
        completedAt,
      ]),
    },
    {
      table: 'sync_bookmarks',
      columns: {
        installation_id: 'uuid',
        entity: 'inventory.sync_entity',
        cursor: 'jsonb',
        job_id: 'uuid',
        updated_at: 'timestamptz',
      },
      rows: lastDone.map(({ companyId, id, entity, startedAt, completedAt }) => [
        installationOf(companyId),
        entity,
        JSON.stringify({ modifiedAt: startedAt }),
        id,
        completedAt,
      ]),
    },
    {
      table: 'sync_schedules',
      columns: {
        id: 'uuid',
        installation_id: 'uuid',
        entity: 'inventory.sync_entity',
        cron: 'text',
        last_run_at: 'timestamptz',
        next_run_at: 'timestamptz',
      },
      rows: companies.flatMap((company) =>
        schedules.map(({ entity, cron, everyHours }) => {
          const last = lastRunMs(now, everyHours);
          return [
            demoId('sync-schedule', `${company.code}:${entity}`),
            installationOf(company.id),
            entity,
            cron,
            new Date(last).toISOString(),
            new Date(last + everyHours * hourMs).toISOString(),
          ];
        }),
      ),
    },
  ];
}

/** The two ERPs that the demo copies from; what they would be reached by is the sample source, so no secret. */
export function installationTable(now: Date): TableRows {
  return {
    table: 'erp_installations',
    columns: {
      id: 'uuid',
      company_id: 'uuid',
      kind: 'inventory.erp_kind',
      code: 'text',
      name: 'text',
      time_zone: 'text',
      last_checked_at: 'timestamptz',
    },
    rows: Object.values(demoCompanies).map((company) => [
      installationOf(company.id),
      company.id,
      'SAMPLE',
      `ERP-${company.code}`,
      `ERP ${company.name}`,
      company.timeZone,
      now.toISOString(),
    ]),
  };
}

interface Run {
  readonly key: string;
  readonly id: string;
  readonly companyId: string;
  readonly entity: Entity;
  readonly isFailed: boolean;
  readonly processed: number;
  readonly failed: number;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly row: TableRows['rows'][number];
}

function runsOf(companyId: string, schedule: (typeof schedules)[number], now: Date, random: Random): Run[] {
  const { entity, everyHours, rows } = schedule;
  const count = Math.floor((historyDays * 24) / everyHours);
  const last = lastRunMs(now, everyHours);
  return Array.from({ length: count }, (_, index): Run => {
    const startedMs = last - (count - 1 - index) * everyHours * hourMs;
    const isOutage =
      companyId === demoCompanies.quillay.id && entity === 'ventas' && now.getTime() - startedMs < 5 * hourMs;
    const isFailed = isOutage || random.chance(0.02);
    // Every Sunday all rows are read again, so that what was deleted at the source is found.
    const isFull = new Date(startedMs).getUTCDay() === 0 && new Date(startedMs).getUTCHours() < everyHours;
    const processed = Math.round(random.int(...rows) * (isFull ? 12 : 1) * (isFailed ? 0.4 : 1));
    const failed = !isFailed && processed > 0 && random.chance(0.03) ? Math.min(processed, random.int(1, 3)) : 0;
    const created = isFailed ? 0 : Math.floor((processed - failed) * (entity === 'ventas' ? 1 : 0.05));
    const startedAt = new Date(startedMs).toISOString();
    const tookMs = isOutage ? 30_000 : 1_500 + processed * random.between(3, 9);
    const completedAt = new Date(Math.min(startedMs + tookMs, now.getTime())).toISOString();
    const key = `${companyId}:${entity}`;
    const id = demoId('sync-job', `${key}:${startedAt}`);
    return {
      key,
      id,
      companyId,
      entity,
      isFailed,
      processed,
      failed,
      startedAt,
      completedAt,
      row: [
        id,
        entity,
        isFailed ? 'failed' : 'completed',
        isFull ? 'FULL' : 'INCREMENTAL',
        processed,
        created,
        isFailed ? 0 : processed - failed - created,
        failed,
        isFailed ? (isOutage ? failures[1] : random.pick(failures)) : null,
        startedAt,
        completedAt,
        startedAt,
        companyId,
        installationOf(companyId),
      ],
    };
  });
}

/** When a schedule last fired: schedules count from midnight UTC here, which is near enough for a history. */
function lastRunMs(now: Date, everyHours: number): number {
  const step = everyHours * hourMs;
  return Math.floor((now.getTime() - 60_000) / step) * step;
}
