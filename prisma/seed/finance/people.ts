import { demoCompanies, demoSites } from '../demo-places.ts';
import { sourceId } from './sources.ts';

const { ribera, quillay } = demoCompanies;

/** Staff by site and department: how many there are, with leavers and newcomers over two years. */
const teams: readonly (readonly [string, string, string, string, number])[] = [
  [ribera.id, demoSites.plantaNorte.id, 'Producción', 'Operario', 46],
  [ribera.id, demoSites.plantaNorte.id, 'Mantención', 'Técnico', 9],
  [ribera.id, demoSites.plantaSur.id, 'Producción', 'Operario', 34],
  [ribera.id, demoSites.bodegaCentral.id, 'Bodega', 'Bodeguero', 22],
  [ribera.id, demoSites.clinicaCentro.id, 'Salud', 'Profesional', 14],
  [ribera.id, demoSites.cuencaAconcagua.id, 'Aguas', 'Operador de pozos', 5],
  [ribera.id, demoSites.oficinaCentral.id, 'Administración', 'Analista', 18],
  [quillay.id, demoSites.plantaQuillay.id, 'Producción', 'Operario', 28],
  [quillay.id, demoSites.plantaQuillay.id, 'Administración', 'Analista', 7],
  [quillay.id, demoSites.cuencaMaule.id, 'Aguas', 'Operador de pozos', 3],
];

const values = teams
  .map(([company, site, department, title, size], index) => {
    const source = sourceId('ADP', company === ribera.id ? ribera : quillay);
    return `('${source}'::uuid, '${company}'::uuid, '${site}'::uuid, '${department}', '${title}', ${size}, ${index})`;
  })
  .join(',\n    ');

export const peopleSql = `
  WITH teams (source_id, company_id, site_id, department, title, size, team) AS (VALUES
    ${values}
  ),
  people AS (
    SELECT teams.*, n, 'P' || lpad((team * 100 + n)::text, 4, '0') AS code,
           -- A fifth came in the last two years; about as many left.
           $1::date - (CASE WHEN pg_temp.chance('new' || team || n) < 0.2 THEN 700 ELSE 3200 END
             * pg_temp.chance('hired' || team || n))::int AS hired_on
    FROM teams CROSS JOIN LATERAL generate_series(1, (size * 1.15)::int) AS n
  )
  INSERT INTO finance.workers (source_id, company_id, site_id, external_id, display_name, job_title, department, status,
                               hired_on, terminated_on, row_hash, loaded_at)
  SELECT source_id, company_id, site_id, code, 'Persona ' || code, title, department,
         CASE WHEN left_on IS NULL THEN 'ACTIVE' ELSE 'TERMINATED' END::finance.worker_status,
         hired_on, left_on, md5(code || coalesce(left_on::text, '')), $2
  FROM people
  CROSS JOIN LATERAL (
    SELECT CASE WHEN n > size THEN greatest(hired_on + 30, $1::date - (700 * pg_temp.chance('left' || team || n))::int) END AS left_on
  ) leaving
  WHERE left_on IS NULL OR left_on <= $1::date`;
