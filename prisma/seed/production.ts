import type { Pool } from 'pg';
import { demoId } from './demo-id.ts';
import { demoOrders } from './production/orders.ts';
import { demoPlants } from './production/plants.ts';

/**
 * Two years of feed-plant orders: 8,000, of three plants. Running it again, also later, changes nothing. Rows are
 * written as a replica writes them: as long as the demo is being made, nobody is told of each.
 */
export async function seedProduction(pool: Pool, now: Date): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `INSERT INTO production.plant_mappings
         (id, planta, site_id, company_id, stored_difference_sign, hardness_unit, durability_method)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS plant
         (id uuid, planta text, site_id uuid, company_id uuid, sign smallint, unit text, method text)
       ON CONFLICT DO NOTHING`,
      [
        JSON.stringify(
          demoPlants.map(({ site, name, storedDifferenceSign, hardnessUnit, durabilityMethod }) => ({
            id: demoId('plant-mapping', name),
            planta: name,
            site_id: site.id,
            company_id: site.companyId,
            sign: storedDifferenceSign,
            unit: hardnessUnit,
            method: durabilityMethod,
          })),
        ),
      ],
    );
    const rows = demoPlants.flatMap((plant) => demoOrders(plant, now));
    await client.query(
      `INSERT INTO production.produccion_aliar (${columns.join(', ')})
       SELECT ${columns.join(', ')}
       FROM jsonb_populate_recordset(NULL::production.produccion_aliar, $1::jsonb)
       ORDER BY fecha_produccion, orden_produccion
       ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(rows.map((row) => ({ ...row, updated_at: notAfter(now, row.updated_at) })))],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
  await pool.query('ANALYZE production.produccion_aliar');
}

const columns = [
  'id',
  'orden_produccion',
  'fecha_produccion',
  'mes_produccion',
  'planta',
  'referencia_producto',
  'nombre_producto',
  'toneladas_a_producir',
  'toneladas_materia_prima_consumida',
  'toneladas_anuladas',
  'toneladas_producidas',
  'tiene_adiflow',
  'peso_agua_kg',
  'order_produccion_despachada',
  'control_aceite_postengrase_pct',
  'control_presion_distribuidor_psi',
  'control_carga_alimentador_pct',
  'control_presion_acondicionador_psi',
  'durabilidad_pct_qa_agroindustrial',
  'dureza_qa_agroindustrial',
  'finos_pct_qa_agroindustrial',
  'durabilidad_pct_produccion',
  'dureza_produccion',
  'finos_pct_produccion',
  'diferencia_toneladas_por_orden_produccion',
  'sackoff_por_orden_produccion',
  'site_id',
  'company_id',
  'created_at',
  'updated_at',
];

/** Nothing was written in the future. */
function notAfter(now: Date, instant: unknown): string {
  return new Date(Math.min(Date.parse(String(instant)), now.getTime())).toISOString();
}
