/** Number, name, class, and its monthly share of revenue (null: taken from the revenue itself). */
const chart: readonly (readonly [string, string, string, number])[] = [
  ['4100', 'Ventas de alimento', 'INCOME', 0.72],
  ['4200', 'Ventas de repuestos', 'INCOME', 0.24],
  ['4300', 'Servicios de salud', 'INCOME', 0.04],
  ['5100', 'Materias primas', 'COST_OF_SALES', 0.46],
  ['5200', 'Costo de repuestos', 'COST_OF_SALES', 0.13],
  ['6100', 'Remuneraciones', 'EXPENSE', 0.14],
  ['6200', 'Energía', 'EXPENSE', 0.055],
  ['6300', 'Agua y derechos', 'EXPENSE', 0.012],
  ['6400', 'Mantención', 'EXPENSE', 0.031],
  ['6500', 'Fletes', 'EXPENSE', 0.047],
  ['6600', 'Arriendos y seguros', 'EXPENSE', 0.018],
  ['7100', 'Ingresos financieros', 'OTHER_INCOME', 0.004],
  ['8100', 'Gastos financieros', 'OTHER_EXPENSE', 0.011],
];

const values = chart.map(([number, name, group, share]) => `('${number}', '${name}', '${group}', ${share})`).join(', ');

/** Accounts of each company, then four entries a month in each, following the month's revenue. Parameters: today, days, now. */
export const booksSql: readonly string[] = [
  `INSERT INTO finance.accounts (source_id, company_id, external_id, number, name, class, updated_at)
   SELECT s.id, s.company_id, c.number, c.number, c.name, c.class::finance.account_class, $3::timestamptz
   FROM finance.etl_sources s CROSS JOIN (VALUES ${values}) AS c (number, name, class, share)
   WHERE s.kind = 'QUICKBOOKS' AND $1::date IS NOT NULL AND $2::int IS NOT NULL`,
  `WITH revenue AS (
     SELECT company_id, date_trunc('month', date)::date AS month, sum(value) AS amount
     FROM finance.daily_metrics WHERE metric = 'revenue' GROUP BY 1, 2
   )
   INSERT INTO finance.book_entries (source_id, company_id, account_id, document_type, external_id, line_number, document_number,
                                     posted_on, amount, currency, memo, loaded_at)
   SELECT a.source_id, a.company_id, a.id,
          CASE WHEN a.class = 'INCOME' THEN 'Invoice' WHEN a.class = 'OTHER_INCOME' THEN 'JournalEntry' ELSE 'Bill' END,
          to_char(r.month, 'YYYYMM') || '-' || a.number || '-' || n, 1, to_char(r.month, 'YYMM') || a.number || n,
          posted.day, round((r.amount * c.share / 4 * (0.85 + 0.3 * pg_temp.chance('book' || a.id || r.month || n)))::numeric, 0),
          'CLP', NULL, $3::timestamptz - interval '2 hours'
   FROM revenue r
   JOIN finance.accounts a ON a.company_id = r.company_id
   JOIN (VALUES ${values}) AS c (number, name, class, share) ON c.number = a.number
   CROSS JOIN generate_series(0, 3) AS n
   CROSS JOIN LATERAL (SELECT (r.month + n * 7 + 3)::date AS day) posted
   WHERE posted.day <= $1::date AND posted.day >= $1::date - $2::int`,
];
