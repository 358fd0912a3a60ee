import { beforeAll, describe, expect, test } from 'vitest';
import { migratedDatabase } from './test-support/databases.ts';

const { pool } = await migratedDatabase();

/** One id for everything that must exist: it is a key of many tables at once. */
const id = `'0190a0b0-0000-7000-8000-000000000001'`;

beforeAll(async () => {
  await pool.query(`
    INSERT INTO inventory.erp_productos (id, codigo, nombre) VALUES (${id}, 'P-1', 'Producto');
    INSERT INTO clinics.clinics (id, site_id, company_id, code, name) VALUES (${id}, ${id}, ${id}, 'C-1', 'Clínica');
    INSERT INTO clinics.practitioners (id, company_id, name) VALUES (${id}, ${id}, 'Dra.');
    INSERT INTO clinics.specialties (id, code, name) VALUES (${id}, 'GEN', 'General');
    INSERT INTO clinics.patients (id, company_id, document_number, name) VALUES (${id}, ${id}, '11111111-1', 'Paciente');
    INSERT INTO telemetry.catchment_points (id, code, name, type, site_id, company_id)
      VALUES (${id}, 'POZO-1', 'Pozo', 'WELL', ${id}, ${id});
    INSERT INTO telemetry.compliance_sources (id, code, name) VALUES (${id}, 'DGA', 'DGA');
    INSERT INTO access.companies (id, code, name) VALUES (${id}, 'C-1', 'Compañía');
  `);
});

describe('a second row is refused', () => {
  test.each([
    [
      'of a target for a whole company',
      `INSERT INTO production.kpi_targets (metric, company_id, unit, valid_from) VALUES ('SACKOFF_PCT', ${id}, '%', '2026-01-01')`,
    ],
    [
      'of a sale with the same folio and no installation',
      `INSERT INTO inventory.erp_ventas (folio, fecha) VALUES ('F-1', '2026-01-01')`,
    ],
    [
      'of a sale with the same ERP id',
      `INSERT INTO inventory.erp_ventas (folio, fecha, erp_id) VALUES (uuidv7()::text, '2026-01-01', '1')`,
    ],
    [
      'of a customer with the same ERP id',
      `INSERT INTO inventory.erp_clientes (nombre, erp_id) VALUES ('Cliente', '1')`,
    ],
    [
      'of a warehouse with the same ERP id',
      `INSERT INTO inventory.warehouses (company_id, name, erp_id) VALUES (uuidv7(), 'Bodega', '1')`,
    ],
    [
      'of a stock movement with the same ERP id',
      `INSERT INTO inventory.stock_movements (product_id, kind, quantity, occurred_at, erp_id) VALUES (${id}, 'SALE', 1, now(), '1')`,
    ],
    [
      'of how a product is bought for all sites',
      `INSERT INTO inventory.replenishment_settings (product_id, company_id) VALUES (${id}, ${id})`,
    ],
    [
      'of a forecast of the same product at the same site',
      `INSERT INTO inventory.demand_forecasts (product_id, site_id, company_id, method, pattern, starts_on, horizon_days, history_days, input_hash,
         expected_sums, sum_deviations)
       VALUES (${id}, ${id}, ${id}, 'SBA', 'LUMPY', '2026-01-01', 1, 90, 'h', '{2}', '{1}')`,
    ],
    [
      'of a device without provider',
      `INSERT INTO telemetry.reading_sources (point_id, device_id) VALUES (${id}, 'device-1')`,
    ],
    [
      'of a wish on the waiting list',
      `INSERT INTO clinics.waitlist (clinic_id, site_id, company_id, patient_id, specialty_id, earliest_at, latest_at)
       VALUES (${id}, ${id}, ${id}, ${id}, ${id}, now(), now())`,
    ],
  ])('%s', async (_, sql) => {
    await pool.query(sql);
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '23505' });
  });

  test('of a reporting duty in force at the same time', async () => {
    const add = (from: string, to: string, isActive = true) =>
      pool.query(
        `INSERT INTO telemetry.compliance_configs (point_id, source_id, starts_at, ends_at, is_active) VALUES (${id}, ${id}, $1, $2, $3)`,
        [from, to, isActive],
      );
    await add('2026-01-01', '2026-06-01');
    await expect(add('2026-05-01', '2026-07-01')).rejects.toMatchObject({ code: '23P01' });
    await add('2026-05-01', '2026-07-01', false);
    await add('2026-06-01', '2026-07-01');
  });
});

describe('a row that makes no sense is refused', () => {
  const site = (latitude: number, longitude: number) =>
    `INSERT INTO access.sites (code, name, kind, company_id, latitude, longitude) VALUES (uuidv7()::text, 'S', 'PLANT', ${id}, ${latitude}, ${longitude})`;
  const schedule = (start: number, end: number, minutes: number, weekdays = '{1}', validTo = 'NULL') =>
    `INSERT INTO clinics.schedules (clinic_id, practitioner_id, specialty_id, weekdays, start_minute, end_minute, slot_minutes, valid_from, valid_to)
     VALUES (${id}, ${id}, ${id}, '${weekdays}', ${start}, ${end}, ${minutes}, '2026-01-02', ${validTo})`;
  const setting = (leadTime: number, pack: number, level: number) =>
    `INSERT INTO inventory.replenishment_settings (product_id, site_id, company_id, lead_time_days, pack_size, service_level)
     VALUES (${id}, uuidv7(), ${id}, ${leadTime}, ${pack}, ${level})`;
  const constants = (perLiter: string, perPulse: string, factor: number) =>
    `INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, pulses_per_liter, liters_per_pulse, calibration_factor)
     VALUES (${id}, 'TOTAL', 'm3', clock_timestamp(), ${perLiter}, ${perPulse}, ${factor})`;
  const point = (digits: number, latitude: number) =>
    `INSERT INTO telemetry.catchment_points (code, name, type, site_id, company_id, meter_digits, latitude, longitude)
     VALUES (uuidv7()::text, 'P', 'WELL', ${id}, ${id}, ${digits}, ${latitude}, -70)`;
  const plant = (sign: number) =>
    `INSERT INTO production.plant_mappings (planta, site_id, company_id, stored_difference_sign) VALUES (uuidv7()::text::char(50), ${id}, ${id}, ${sign})`;

  test.each([
    ['a site off the map', site(-33, -70), [site(-91, -70), site(-33, 181)]],
    [
      'a schedule without room for one slot, past midnight, on a ninth day, or that ends before it begins',
      schedule(480, 500, 20),
      [
        schedule(480, 499, 20),
        schedule(1430, 1450, 20),
        schedule(480, 500, 0),
        schedule(480, 500, 20, '{9}'),
        schedule(480, 500, 20, '{1}', `'2026-01-01'`),
      ],
    ],
    [
      'a purchase setting that cannot be met',
      setting(0, 0.5, 0.99),
      [setting(-1, 1, 0.9), setting(1, 0, 0.9), setting(1, 1, 1), setting(1, 1, 0)],
    ],
    [
      'a pulse constant that is zero, or given in both ways',
      constants('0.01', 'NULL', 1.02),
      [constants('1', '1', 1), constants('0', 'NULL', 1), constants('NULL', '-1', 1), constants('NULL', '1', 0)],
    ],
    [
      'a point off the map, or with a meter of no or too many digits',
      point(8, -33),
      [point(0, -33), point(16, -33), point(8, 99)],
    ],
    ['a sign that is no sign', plant(-1), [plant(0), plant(2)]],
  ])('%s', async (_, sound, unsound) => {
    await pool.query(sound);
    for (const sql of unsound) await expect(pool.query(sql)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('what is asked all the time reads an index of just those rows', () => {
  test.each([
    [
      'events to relay',
      'SELECT * FROM platform.outbox WHERE published_at IS NULL ORDER BY id LIMIT 100',
      'outbox_unpublished_idx',
    ],
    [
      'products below their minimum',
      `SELECT count(*) FROM inventory.erp_inventario WHERE site_id = ${id} AND stock_actual < stock_minimo`,
      'idx_erp_inventario_stock',
    ],
    [
      'holds that have run out',
      `SELECT id FROM clinics.appointments WHERE status = 'PROPOSED' AND held_until < now()`,
      'appointments_holds',
    ],
  ])('%s', async (_, sql, index) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN; SET LOCAL enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`);
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
