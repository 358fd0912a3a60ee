import { randomUUID } from 'node:crypto';
import { systemClock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { type ErpEntity, type ErpRow, entityLabels, erpEntities } from '../erp/erp-entity.ts';
import type { ErpMapping } from '../erp/erp-mapping.ts';
import type { ErpSource } from '../erp/erp-source.ts';
import { createRunSync, type RunSyncDeps, type SyncOutcome } from '../erp/run-sync.ts';
import type { SyncMode } from '../sync/sync.ts';
import type { FirebirdServer } from './firebird-server.ts';

/** Microsip's own tables as a generated database has them. */
export const tablesMapping: ErpMapping = {
  ...{ charset: 'WIN1252', keyRoleId: 17, priceListId: 42, branchIds: [] },
  entities: Object.fromEntries(erpEntities.map((entity) => [entity, { from: 'TABLES' }])),
};

export interface ErpCopyWorld {
  readonly installationId: string;
  readonly companyId: string;
  addJob(entity: ErpEntity, mode: SyncMode): Promise<string>;
  work(
    jobId: string,
    deps: Partial<RunSyncDeps> & Pick<RunSyncDeps, 'sourceOf'>,
    signal?: AbortSignal,
  ): Promise<SyncOutcome>;
  /** A run from its asking to its end. */
  copy(source: ErpSource, entity: ErpEntity, mode: SyncMode): Promise<JobCounts>;
  job(id: string): Promise<JobCounts>;
}

export interface JobCounts {
  readonly status: string;
  readonly processed: number;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly failed: number;
  readonly isComplete: boolean | null;
  readonly errorCode: string | null;
}

/** An installation of its own, whose copies are run without a job queue. */
export async function erpCopyWorld(db: Database, batchRows = 100): Promise<ErpCopyWorld> {
  const companyId = randomUUID();
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO inventory.erp_installations (company_id, kind, code, name, time_zone, updated_at)
     VALUES ($1, 'MICROSIP', $2, 'ERP', 'America/Mexico_City', now()) RETURNING id::text`,
    [companyId, randomUUID()],
  );
  const installationId = rows[0]?.id ?? '';
  const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
  const world: ErpCopyWorld = {
    ...{ installationId, companyId },
    async addJob(entity, mode) {
      const added = await db.pool.query<{ id: string }>(
        `INSERT INTO inventory.sync_jobs (job_type, mode, installation_id, company_id)
         VALUES ($1::text::inventory.sync_entity, $2::text::inventory.sync_mode, $3, $4) RETURNING id::text`,
        [entityLabels[entity], mode, installationId, companyId],
      );
      return added.rows[0]?.id ?? '';
    },
    work: (jobId, deps, signal = AbortSignal.timeout(1_200_000)) =>
      createRunSync({ ...{ db, clock: systemClock, metrics, batchRows }, runLater: async () => {}, ...deps })(jobId, {
        log: silentLog,
        signal,
      }),
    async copy(source, entity, mode) {
      const id = await world.addJob(entity, mode);
      await world.work(id, { sourceOf: () => source });
      return world.job(id);
    },
    async job(id) {
      const found = await db.pool.query<JobCounts>(
        `SELECT j.status::text, j.records_processed AS processed, j.records_created AS created, j.records_updated AS updated,
           j.records_deleted AS deleted, j.records_failed AS failed, c.is_complete AS "isComplete", j.error_code AS "errorCode"
         FROM inventory.sync_jobs j LEFT JOIN inventory.sync_certificates c ON c.job_id = j.id WHERE j.id = $1`,
        [id],
      );
      const [job] = found.rows;
      if (job === undefined) throw new Error('There is no such run');
      return job;
    },
  };
  return world;
}

/** Every row of the ERP as its port reads it, as text by key. */
export async function sourceRows(source: ErpSource, entity: ErpEntity): Promise<Map<string, string>> {
  const snapshot = await source.open(AbortSignal.timeout(600_000));
  const rows = new Map<string, string>();
  for (const part of snapshot.parts(entity)) {
    for await (const batch of part.rows({}, 2_000)) {
      for (const row of batch) rows.set(`${keyPrefix(entity, row)}${row.values[0]}`, asExpected(entity, row));
    }
  }
  await snapshot.close();
  return rows;
}

/** Every row of our copy in the same words, for a comparison row by row. */
export async function copiedRows(
  db: Database,
  { installationId }: ErpCopyWorld,
  entity: ErpEntity,
): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ key: string; text: string }>(ourText[entity], [installationId]);
  return new Map(rows.map(({ key, text }) => [key, text]));
}

/** Lines of sales in our copy, counted and summed. */
export async function copiedLines(
  db: Database,
  { installationId }: ErpCopyWorld,
): Promise<{ count: string; units: string; net: string }> {
  const { rows } = await db.pool.query<{ count: string; units: string; net: string }>(
    `SELECT count(*)::text AS count, trim_scale(sum(d.cantidad))::text AS units, trim_scale(sum(d.total_neto))::text AS net
     FROM inventory.erp_ventas_detalle d JOIN inventory.erp_ventas s ON s.id = d.venta_id
     WHERE s.installation_id = $1 AND s.deleted_at IS NULL`,
    [installationId],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('An aggregate without groups answers one row');
  return found;
}

/** How many rows the ERP has, and the first of those that are not the same on both sides. */
export function differences(theirs: ReadonlyMap<string, string>, ours: ReadonlyMap<string, string>) {
  const keys = new Set([...theirs.keys(), ...ours.keys()]);
  const differing = [...keys]
    .filter((key) => theirs.get(key) !== ours.get(key))
    .slice(0, 20)
    .map((key) => ({ key, theirs: theirs.get(key) ?? null, ours: ours.get(key) ?? null }));
  return { rows: theirs.size, differing };
}

const keyPrefix = (entity: ErpEntity, { values }: ErpRow): string =>
  entity === 'SALES' ? `${values[1] ?? 'INVOICE'}:` : '';

function asExpected(entity: ErpEntity, { values, lines = [] }: ErpRow): string {
  const number = (value: unknown) => (value === null ? '' : String(Number(value)));
  // A view may not say.
  const isActive = (value: unknown) => value === null || value === 'A';
  const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
  switch (entity) {
    case 'WAREHOUSES':
      return [values[1], values[2]].map(text).join('|');
    case 'PRODUCTS':
      return [values[1] ?? `#${values[0]}`, values[2], values[4], values[5], isActive(values[6])].map(text).join('|');
    case 'PRICES':
      return number(values[1]);
    case 'CUSTOMERS':
      return [...values.slice(1, 6), isActive(values[6])].map(text).join('|');
    case 'STOCK':
      return [...[values[1], values[2]].map(text), number(values[3]), number(values[4] ?? 0), text(values[7])].join(
        '|',
      );
    case 'SALES': {
      const sign = String(values[1]).endsWith('RETURN') ? -1 : 1;
      const money = (value: unknown) => String(sign * Number(value ?? 0) + 0);
      const head = [
        text(values[2]),
        text(values[3]),
        text(values[5]),
        money(values[9] ?? netOf(lines)),
        String(values[10] === 'C'),
      ];
      return [...head, ...lines.map((line) => `${text(line[1])}*${money(line[4])}=${money(line[7])}`)].join('|');
    }
  }
}

/** In hundredths: sums of doubles would differ in the last place. */
const netOf = (lines: ErpRow['lines'] = []): number =>
  lines.reduce((sum, line) => sum + Math.round(Number(line[7]) * 100), 0) / 100;

const plain = (sql: string) => `coalesce(trim_scale(${sql})::text, '')`;

const ourText: Readonly<Record<ErpEntity, string>> = {
  WAREHOUSES: `SELECT erp_id AS key, name || '|' || coalesce(code, '') AS text FROM inventory.warehouses
    WHERE installation_id = $1 AND deleted_at IS NULL`,
  PRODUCTS: `SELECT erp_id AS key, concat_ws('|', codigo, nombre, coalesce(categoria, ''), coalesce(unidad_medida, ''),
      CASE WHEN activo THEN 'true' ELSE 'false' END) AS text
    FROM inventory.erp_productos WHERE installation_id = $1 AND deleted_at IS NULL`,
  PRICES: `SELECT erp_id AS key, ${plain('precio')} AS text FROM inventory.erp_productos
    WHERE installation_id = $1 AND price_hash IS NOT NULL`,
  CUSTOMERS: `SELECT erp_id AS key, concat_ws('|', nombre, coalesce(rfc, ''), coalesce(email, ''), coalesce(telefono, ''),
      coalesce(direccion, ''), CASE WHEN is_active THEN 'true' ELSE 'false' END) AS text
    FROM inventory.erp_clientes WHERE installation_id = $1 AND deleted_at IS NULL`,
  STOCK: `SELECT l.erp_id AS key, concat_ws('|', p.erp_id, w.erp_id, ${plain('l.stock_actual')}, ${plain('l.stock_minimo')},
      coalesce(l.ubicacion, '')) AS text
    FROM inventory.erp_inventario l JOIN inventory.erp_productos p ON p.id = l.producto_id
    JOIN inventory.warehouses w ON w.id = l.warehouse_id WHERE l.installation_id = $1`,
  SALES: `SELECT s.document_type || ':' || s.erp_id AS key, concat_ws('|', s.folio, to_char(s.fecha, 'YYYY-MM-DD'),
      coalesce(c.erp_id, ''), ${plain('s.total')}, CASE WHEN s.is_cancelled THEN 'true' ELSE 'false' END,
      (SELECT string_agg(p.erp_id || '*' || ${plain('d.cantidad')} || '=' || ${plain('d.total_neto')}, '|' ORDER BY d.posicion)
       FROM inventory.erp_ventas_detalle d JOIN inventory.erp_productos p ON p.id = d.producto_id WHERE d.venta_id = s.id)) AS text
    FROM inventory.erp_ventas s LEFT JOIN inventory.erp_clientes c ON c.id = s.cliente_id
    WHERE s.installation_id = $1 AND s.deleted_at IS NULL`,
};

/** Where a generated database is, for the driver. */
export const addressOf = ({ port, user, password }: FirebirdServer, database: string) => ({
  ...{ host: '127.0.0.1', port, user, password, database, timeoutMs: 120_000 },
});
