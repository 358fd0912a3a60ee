import { demoId } from '../demo-id.ts';
import { type DemoCompany, demoCompanies } from '../demo-places.ts';

interface DemoSource {
  readonly id: string;
  readonly companyId: string;
  readonly kind: 'WMS' | 'QUICKBOOKS' | 'ADP';
  readonly code: string;
  readonly name: string;
  readonly cron: string;
  /** How often it is loaded. */
  readonly hours: number;
}

/** The source of a kind that a company has. */
export const sourceId = (kind: DemoSource['kind'], company: DemoCompany): string =>
  demoId('etl-source', `${kind}-${company.code}`);

const sourcesOf = (company: DemoCompany): readonly DemoSource[] => [
  { ...base('WMS', company), name: `WMS ${company.name}`, cron: '0 * * * *', hours: 1 },
  { ...base('QUICKBOOKS', company), name: `QuickBooks ${company.name}`, cron: '15 */4 * * *', hours: 4 },
  { ...base('ADP', company), name: `ADP ${company.name}`, cron: '30 5 * * *', hours: 24 },
];

const base = (kind: DemoSource['kind'], company: DemoCompany) => ({
  id: sourceId(kind, company),
  companyId: company.id,
  kind,
  code: `${kind}-${company.code}`,
});

export const financeSources = Object.values(demoCompanies).flatMap(sourcesOf);

export const sourcesSql = `
  INSERT INTO finance.etl_sources (id, company_id, kind, code, name, connection, cron, last_run_at, next_run_at, created_at, updated_at)
  SELECT id, "companyId", kind::finance.etl_source_kind, code, name, '{"isSample": true}', cron,
         $2::timestamptz - make_interval(mins => least(hours * 60, 38)),
         $2::timestamptz + make_interval(mins => greatest(hours * 60 - 38, 22)), $2::timestamptz - interval '800 days', $2
  FROM jsonb_to_recordset($1::jsonb) AS source (id uuid, "companyId" uuid, kind text, code text, name text, cron text, hours int)`;

/** Two weeks of runs: most complete, a few that failed, one that ended without proof and what it found missing. */
export const runsSql: readonly string[] = [
  `INSERT INTO finance.etl_runs (id, source_id, company_id, mode, status, rows_read, rows_created, rows_updated, error_message,
                                 created_at, started_at, finished_at)
   SELECT gen_random_uuid(), s.id, s.company_id,
          CASE WHEN n % 24 = 0 THEN 'FULL' ELSE 'INCREMENTAL' END::finance.etl_mode,
          CASE WHEN n IN (17, 61) THEN 'FAILED' WHEN n = 9 THEN 'INCOMPLETE' ELSE 'COMPLETED' END::finance.etl_run_status,
          CASE WHEN n IN (17, 61) THEN 0 ELSE 40 + (pg_temp.chance('read' || s.code || n) * 400)::int END,
          CASE WHEN n IN (17, 61) THEN 0 ELSE (pg_temp.chance('new' || s.code || n) * 40)::int END,
          CASE WHEN n IN (17, 61) THEN 0 ELSE (pg_temp.chance('upd' || s.code || n) * 90)::int END,
          CASE WHEN n = 17 THEN 'The source did not answer within 30 s' WHEN n = 61 THEN 'Deadlock victim (1205) three times' END,
          at, at + interval '1 second', at + make_interval(secs => 8 + 60 * pg_temp.chance('took' || s.code || n))
   FROM finance.etl_sources s
   CROSS JOIN LATERAL (SELECT CASE s.kind WHEN 'WMS' THEN 4 WHEN 'QUICKBOOKS' THEN 8 ELSE 24 END AS hours) step
   CROSS JOIN LATERAL generate_series(0, 336 / step.hours - 1) AS n
   CROSS JOIN LATERAL (SELECT $1::timestamptz - make_interval(hours => n * step.hours, mins => 38) AS at) placed`,
  `INSERT INTO finance.etl_certificates (run_id, stream, is_complete, source_count, our_count, created_at)
   SELECT r.id, lower(s.kind::text) || '.rows', r.status = 'COMPLETED',
          r.rows_read + CASE WHEN r.status = 'INCOMPLETE' THEN 3 ELSE 0 END, r.rows_read, r.finished_at
   FROM finance.etl_runs r JOIN finance.etl_sources s ON s.id = r.source_id
   WHERE r.status <> 'FAILED' AND $1::timestamptz IS NOT NULL`,
  `INSERT INTO finance.reconciliation_differences (run_id, company_id, kind, stream, key, source_value, our_value, created_at)
   SELECT r.id, r.company_id, 'MISSING_HERE', lower(s.kind::text) || '.rows', 'DEMO-' || n, 100000 * n, NULL, r.finished_at
   FROM finance.etl_runs r JOIN finance.etl_sources s ON s.id = r.source_id CROSS JOIN generate_series(1, 3) AS n
   WHERE r.status = 'INCOMPLETE' AND $1::timestamptz IS NOT NULL`,
];
