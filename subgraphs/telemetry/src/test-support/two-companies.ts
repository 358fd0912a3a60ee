import { randomUUID } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database } from '@cauce/shared/db/database';
import { testViewer } from '@cauce/shared/test/viewers';
import { addPoint, type TestPoint } from './points.ts';

/** One company's water: a point with a measurement, sums, an alert, a provider and a slot of the ledger. */
export interface CompanyWater {
  readonly companyId: string;
  readonly siteId: string;
  readonly point: TestPoint;
  readonly alertId: string;
  readonly submissionId: string;
  readonly providerName: string;
  /** A manager who reaches this company and its site, and nothing else. */
  readonly viewer: Viewer;
}

/** When everything of `addCompanyWater` was measured. */
const measuredAt = new Date('2026-11-20T10:00:00Z');

export async function addCompanyWater(db: Database, name: string): Promise<CompanyWater> {
  const companyId = randomUUID();
  const siteId = randomUUID();
  const point = await addPoint(db, { companyId, siteId, code: `${name}-POZO-1`, samplingMinutes: 60 });
  const insert = async (sql: string, values: readonly unknown[]): Promise<string> => {
    const { rows } = await db.pool.query<{ id: string }>(`${sql} RETURNING id::text`, [...values]);
    const [row] = rows;
    if (row === undefined) throw new Error('Nothing was inserted');
    return row.id;
  };
  await db.pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, delta, source_id)
     VALUES ($1, 'TOTAL', $2, 500, 25, $3), ($1, 'LEVEL', $2, 31.5, NULL, $3)`,
    [point.id, measuredAt, point.sourceId],
  );
  await db.pool.query(
    `INSERT INTO telemetry.latest_measurements (point_id, variable, site_id, company_id, value, unit, measured_at, received_at)
     VALUES ($1, 'TOTAL', $2, $3, 500, 'm3', $4, $4), ($1, 'LEVEL', $2, $3, 31.5, 'm', $4, $4)`,
    [point.id, siteId, companyId, measuredAt],
  );
  await db.pool.query(
    `INSERT INTO telemetry.measurement_rollups
       (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     VALUES ($1, 'TOTAL', 'DAY', '2026-11-20T03:00:00Z', 1, 1, 500, 500, 500, 500, 500, 25)`,
    [point.id],
  );
  const ruleId = await insert(
    `INSERT INTO telemetry.rules (company_id, kind, name) VALUES ($1, 'RANGE', 'Fuera de rango')`,
    [companyId],
  );
  const alertId = await insert(
    `INSERT INTO telemetry.alerts (point_id, rule_id, site_id, company_id, severity, opened_at, last_seen_at)
     VALUES ($1, $2, $3, $4, 'WARNING', $5, $5)`,
    [point.id, ruleId, siteId, companyId, measuredAt],
  );
  await insert(
    `INSERT INTO telemetry.providers (company_id, name, kind, connection, credentials_encrypted)
     VALUES ($1, $2, 'TWIN', '{"baseUrl":"https://twin.example/things/abcdef123456/data","password":"hunter22"}', 'sealed')`,
    [companyId, `Twin ${name}`],
  );
  const regulatorId = await insert(
    `INSERT INTO telemetry.compliance_sources (code, name) VALUES ('DGA', 'DGA') ON CONFLICT (code) DO UPDATE SET name = 'DGA'`,
    [],
  );
  const configId = await insert(
    `INSERT INTO telemetry.compliance_configs (point_id, source_id, starts_at) VALUES ($1, $2, '2026-01-01Z')`,
    [point.id, regulatorId],
  );
  const submissionId = await insert(
    `INSERT INTO telemetry.compliance_submissions (point_id, source_id, config_id, site_id, company_id, slot_at, not_before, status, voucher)
     VALUES ($1, $2, $3, $4, $5, $6, $6, 'NEEDS_REVIEW', $7)`,
    [point.id, regulatorId, configId, siteId, companyId, measuredAt, `VOUCHER-${name}`],
  );
  await insert(
    `INSERT INTO telemetry.submission_attempts (submission_id, number, request, outcome, finished_at)
     VALUES ($1, 1, '{}', 'ACCEPTED_WITHOUT_VOUCHER', now())`,
    [submissionId],
  );
  const viewer = testViewer({ companyIds: [companyId], siteIds: [siteId] });
  return { companyId, siteId, point, alertId, submissionId, providerName: `Twin ${name}`, viewer };
}
