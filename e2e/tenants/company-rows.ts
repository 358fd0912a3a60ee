import type { Pool } from 'pg';

/** One row of each kind that a company has, by the names that operations use as variables. */
export type CompanyRows = Readonly<Record<string, string>>;

const queries: Readonly<Record<string, string>> = {
  product:
    'SELECT p.id FROM inventory.erp_productos p JOIN inventory.erp_inventario i ON i.producto_id = p.id WHERE p.company_id = $1 AND i.site_id = $2 AND p.activo ORDER BY p.codigo LIMIT 1',
  sku: 'SELECT p.codigo FROM inventory.erp_productos p JOIN inventory.erp_inventario i ON i.producto_id = p.id WHERE p.company_id = $1 AND i.site_id = $2 AND p.activo ORDER BY p.codigo LIMIT 1',
  customer: 'SELECT id FROM inventory.erp_clientes WHERE company_id = $1 ORDER BY id LIMIT 1',
  productionOrder:
    'SELECT id FROM production.produccion_aliar WHERE company_id = $1 AND site_id = $2 ORDER BY fecha_produccion DESC LIMIT 1',
  orderNumber:
    'SELECT orden_produccion FROM production.produccion_aliar WHERE company_id = $1 AND site_id = $2 ORDER BY fecha_produccion DESC LIMIT 1',
  feedSku:
    'SELECT referencia_producto FROM production.produccion_aliar WHERE company_id = $1 AND site_id = $2 AND referencia_producto IS NOT NULL ORDER BY fecha_produccion DESC LIMIT 1',
  clinic: 'SELECT id FROM clinics.clinics WHERE company_id = $1 AND site_id = $2',
  slot: `SELECT id FROM clinics.slots WHERE company_id = $1 AND site_id = $2 AND status = 'FREE' AND start_at > now() + interval '1 day' ORDER BY start_at LIMIT 1`,
  patient: 'SELECT id FROM clinics.patients WHERE company_id = $1 AND document_number IS NOT NULL ORDER BY id LIMIT 1',
  documentNumber:
    'SELECT document_number FROM clinics.patients WHERE company_id = $1 AND document_number IS NOT NULL ORDER BY id LIMIT 1',
  appointment: `SELECT id FROM clinics.appointments WHERE company_id = $1 AND site_id = $2 AND start_at > now() AND status = 'BOOKED' ORDER BY start_at LIMIT 1`,
  conversation: 'SELECT id FROM clinics.conversations WHERE company_id = $1 ORDER BY id LIMIT 1',
  point: `SELECT id FROM telemetry.catchment_points WHERE company_id = $1 AND site_id = $2 ORDER BY code LIMIT 1`,
  pointCode: 'SELECT code FROM telemetry.catchment_points WHERE company_id = $1 AND site_id = $2 ORDER BY code LIMIT 1',
  alert: 'SELECT id FROM telemetry.alerts WHERE company_id = $1 ORDER BY id LIMIT 1',
  order: 'SELECT id FROM finance.orders WHERE company_id = $1 ORDER BY id LIMIT 1',
  orderId: 'SELECT order_id FROM finance.orders WHERE company_id = $1 ORDER BY id LIMIT 1',
  etlRun: 'SELECT id FROM finance.etl_runs WHERE company_id = $1 ORDER BY id LIMIT 1',
};

/** Reads them behind the doors: nobody of the other company could. */
export async function companyRows(pool: Pool, companyId: string, siteId: string): Promise<CompanyRows> {
  const rows: Record<string, string> = { company: companyId, site: siteId };
  for (const [name, query] of Object.entries(queries)) {
    const parameters = query.includes('$2') ? [companyId, siteId] : [companyId];
    const { rows: found } = await pool.query<Record<string, string>>(query, parameters);
    const [value] = Object.values(found[0] ?? {});
    if (value === undefined) throw new Error(`The demo has no ${name} of company ${companyId}`);
    rows[name] = value;
  }
  return rows;
}
