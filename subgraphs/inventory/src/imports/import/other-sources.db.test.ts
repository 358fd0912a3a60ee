import { testDatabase } from '@cauce/shared/test/test-database';
import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../../test-support/inventory-world.ts';
import { importQuestions, viewerOf } from '../test-support/import-questions.ts';
import { sheetOf, workbook } from '../test-support/workbook.ts';
import { createImportJob } from './imports.jobs.ts';
import { setAsideDoubles } from './set-aside-doubles.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
await world.startJobs([createImportJob(world.deps)]);
const { ask, preview, commit, undo, levels } = importQuestions(world, db);

const head = ['Código', 'Descripción', 'Existencia', 'Mínimo'];
const sales = ['Fecha', 'Folio', 'Código', 'Cantidad', 'Importe'];
const events = (topic: string, companyId: string) =>
  db.client.outboxEvent.findMany({ where: { topic, companyId }, orderBy: { id: 'asc' } });

describe('stock beside an ERP', () => {
  const held = async (place: Place) =>
    world.addStock(place, await world.addProduct(place, { codigo: 'E' }), { stock_actual: 4, erp_id: place.siteId });

  it('is refused where the ERP holds it, as a correction by hand is; its limits are taken', async () => {
    const place = await world.addPlace();
    await held(place);
    const viewer = viewerOf(place);
    const refused = await preview(viewer, place.companyId, sheetOf([head, ['E', null, 9, null]]));
    expect(refused.rows).toMatchObject([
      {
        ...{ status: 'QUARANTINED' },
        problems: [{ column: 'C', code: 'HELD_BY_ERP', value: '9', message: { es: expect.stringContaining('«4»') } }],
      },
    ]);
    const limits = await preview(viewer, place.companyId, sheetOf([head, ['E', null, 4, 2]]));
    expect(limits).toMatchObject({ rowsUpdated: 1, rowsRefused: 0 });
    expect((await commit(viewer, limits)).status).toBe('COMPLETED');
    expect(await levels(place)).toMatchObject([{ quantity: '4', minimum: '2' }]);
  });

  it('is shown again, and not written, when its warehouse is at another site by now', async () => {
    const place = await world.addPlace();
    const elsewhere = await world.addPlace({ companyId: place.companyId });
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['A', 'Uno', 1, null]]));
    expect(seen).toMatchObject({ rowsCreated: 1 });
    await db.pool.query('UPDATE inventory.warehouses SET site_id = $2 WHERE id = $1', [
      ...[place.warehouseId, elsewhere.siteId],
    ]);
    expect(await commit(viewer, seen)).toMatchObject({ status: 'PREVIEW', problem: 'PREVIEW_CHANGED', rowsRefused: 1 });
    expect([...(await levels(place)), ...(await levels(elsewhere))]).toEqual([]);
  });

  it('goes to the level of its warehouse, whatever the warehouse is called by now and wherever its rows are on their way', async () => {
    const place = await world.addPlace();
    const productId = await world.addProduct(place, { codigo: 'A' });
    await world.addStock(place, productId, { stock_actual: 4, almacen: 'NOMBRE DE ANTES', site_id: null });
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['A', null, 7, null]]));
    expect(seen).toMatchObject({ rowsCreated: 0, rowsUpdated: 1 });
    await commit(viewer, seen);
    const { rows } = await db.pool.query(
      'SELECT trim_scale(stock_actual)::text AS quantity FROM inventory.erp_inventario WHERE producto_id = $1',
      [productId],
    );
    expect(rows).toEqual([{ quantity: '7' }]);
  });
});

describe('sales beside an ERP, and beside sales of before', () => {
  it('are refused by the folio that the ERP writes otherwise, and by a day that it has sold on', async () => {
    const place = await world.addPlace();
    const other = await world.addPlace({ companyId: place.companyId });
    const viewer = viewerOf(place);
    const productId = await world.addProduct(place, { codigo: 'P' });
    await world.addSale(place, { folio: 'A00000123', fecha: '2026-03-01' }, { producto_id: productId });
    await world.addSale(other, { folio: 'A00000124', fecha: '2026-03-02' }, { producto_id: productId });
    const folios = await preview(
      viewer,
      place.companyId,
      sheetOf([
        sales,
        ['01/03/2026', 'a-123', 'P', 1, 10],
        ['02/03/2026', 'A-123', 'P', 1, 10],
        ['02/03/2026', 'A-124', 'P', 1, 10],
      ]),
    );
    expect(folios.rows).toMatchObject([
      { status: 'QUARANTINED', problems: [{ column: 'B', code: 'FOLIO_OF_THE_ERP', value: 'a-123' }] },
      { status: 'CREATED' },
      { status: 'CREATED' },
    ]);
    const days = await preview(
      viewer,
      place.companyId,
      sheetOf([
        ['Fecha', 'Código', 'Cantidad', 'Importe'],
        ['01/03/2026', 'P', 1, 10],
        ['02/03/2026', 'P', 1, 10],
      ]),
    );
    expect(days.rows).toMatchObject([
      { status: 'QUARANTINED', problems: [{ column: 'A', code: 'DAY_OF_THE_ERP', value: '2026-03-01' }] },
      { status: 'CREATED' },
    ]);
  });

  it('are set aside when the ERP brings them later, and nothing else is', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const productId = await world.addProduct(place, { codigo: 'P' });
    const file = [
      sheetOf([sales, ['01/03/2026', 'A-123', 'P', 1, 10], ['01/03/2026', 'B-9', 'P', 2, 20]]),
      sheetOf([sales.filter((heading) => heading !== 'Folio'), ['02/03/2026', 'P', 4, 40], ['03/03/2026', 'P', 8, 80]]),
    ];
    for (const bytes of file) await commit(viewer, await preview(viewer, place.companyId, bytes));
    const counted = async () =>
      (
        await db.pool.query(
          `SELECT trim_scale(sum(cantidad))::int AS units FROM inventory.erp_ventas_detalle
           WHERE site_id = $1 AND NOT is_cancelled AND installation_id IS NULL AND descripcion IS DISTINCT FROM 'ERP'`,
          [place.siteId],
        )
      ).rows[0].units;
    const installation = await world.add('erp_installations', {
      company_id: place.companyId,
      kind: 'SAMPLE',
      code: place.siteId,
      name: 'ERP',
    });
    const brought = { producto_id: productId, descripcion: 'ERP' };
    await world.addSale(place, { folio: 'A00000123', fecha: '2026-03-01' }, brought);
    await world.addSale(place, { folio: 'A00000124', fecha: '2026-03-02' }, brought);
    expect(await setAsideDoubles(world.deps)).toBe(0);
    expect(await counted()).toBe(15);
    await world.add('sync_jobs', {
      ...{ installation_id: installation, company_id: place.companyId, job_type: 'ventas' },
      ...{ status: 'completed', completed_at: world.deps.clock.now() },
    });
    expect(await setAsideDoubles(world.deps)).toBe(2);
    expect(await counted()).toBe(10);
    expect(await setAsideDoubles(world.deps)).toBe(0);
    expect(
      await db.client.auditEntry.count({
        where: { action: 'inventory.setAsideDoubledSales', companyId: place.companyId },
      }),
    ).toBe(1);
  });

  it('count what came back below zero and what was cancelled not at all, and what is cancelled later no longer', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    await world.addProduct(place, { codigo: 'P' });
    const file = (status: string) =>
      sheetOf([
        [...sales, 'Tipo', 'Estatus'],
        ['01/03/2026', 'F1', 'P', 5, 50, 'Factura', status],
        ['01/03/2026', 'F2', 'P', 1, 10, 'Nota de crédito', null],
      ]);
    const sold = async () =>
      (
        await db.pool.query(
          `SELECT s.folio, s.is_cancelled, trim_scale(s.subtotal)::text AS subtotal, trim_scale(d.cantidad)::text AS quantity,
             d.is_cancelled AS is_line_cancelled
           FROM inventory.erp_ventas s JOIN inventory.erp_ventas_detalle d ON d.venta_id = s.id WHERE s.site_id = $1 ORDER BY 1`,
          [place.siteId],
        )
      ).rows;
    const valid = { folio: 'F1', is_cancelled: false, subtotal: '50', quantity: '5', is_line_cancelled: false };
    const back = { folio: 'F2', is_cancelled: false, subtotal: '-10', quantity: '-1', is_line_cancelled: false };
    await commit(viewer, await preview(viewer, place.companyId, file('Vigente')));
    expect(await sold()).toEqual([valid, back]);
    const later = await preview(viewer, place.companyId, file('ANULADA'));
    expect(later).toMatchObject({ rowsUpdated: 1 });
    await commit(viewer, later);
    expect(await sold()).toEqual([{ ...valid, is_cancelled: true, is_line_cancelled: true }, back]);
    expect((await undo(viewer, later)).status).toBe('UNDONE');
    expect(await sold()).toEqual([valid, back]);
  });

  it('are refused where their day is still to come', async () => {
    const place = await world.addPlace();
    await world.addProduct(place, { codigo: 'P' });
    const seen = await preview(viewerOf(place), place.companyId, sheetOf([sales, ['05/03/2099', 'F1', 'P', 1, 10]]));
    expect(seen.rows).toMatchObject([
      { status: 'QUARANTINED', problems: [{ column: 'A', code: 'DAY_TO_COME', value: '2099-03-05' }] },
    ]);
  });

  it('do not take the place of a document of another day that has the same number', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    await world.addProduct(place, { codigo: 'P' });
    const file = (day: string, quantity: number) => sheetOf([sales, [day, '1', 'P', quantity, 10]]);
    await commit(viewer, await preview(viewer, place.companyId, file('01/03/2026', 5)));
    const april = await preview(viewer, place.companyId, file('01/04/2026', 7));
    expect(april.rows).toMatchObject([
      {
        ...{ status: 'QUARANTINED' },
        problems: [{ code: 'FOLIO_OF_ANOTHER_DAY', message: { es: expect.stringContaining('2026-03-01') } }],
      },
    ]);
    const corrected = await preview(viewer, place.companyId, file('01/03/2026', 6));
    expect(corrected).toMatchObject({ rowsUpdated: 1 });
  });
});

describe('what a file holds beside its values', () => {
  it('keeps an import from failing by an emoji, a control character or a half one', async () => {
    const place = await world.addPlace();
    const seen = await preview(
      viewerOf(place),
      place.companyId,
      workbook({ constructor: { rows: [head, ['A', `${'n'.repeat(59)}😀`, `${'x'.repeat(99)}😀`, null]] } }),
    );
    expect(seen).toMatchObject({ status: 'PREVIEW', problem: null, rows: [{ problems: [{ code: 'NOT_A_NUMBER' }] }] });
    expect(seen.rows[0].problems[0].value).toBe('x'.repeat(99));
  });

  it('is named by the columns of its own sheet, and given back with the branch and under the headings of all sheets', async () => {
    const [centre, north] = [await world.addPlace({ warehouse: 'CENTRO' }), { warehouse: 'NORTE' }];
    const second = await world.addPlace({ companyId: centre.companyId, ...north });
    const viewer = viewerOf(centre, second);
    const seen = await preview(
      viewer,
      centre.companyId,
      workbook({
        CENTRO: { rows: [head.slice(0, 3), ['A', 'Uno', 1], ['GHOST', null, 1]] },
        NORTE: {
          rows: [
            ['Ubicación', 'Existencia', 'Código'],
            ['P-1', 2, 'GHOST'],
            ['P-2', 'doce', 'A'],
          ],
        },
      }),
    );
    expect(seen.rows).toMatchObject([
      { status: 'CREATED' },
      { problems: [{ column: 'A', code: 'UNKNOWN_PRODUCT' }] },
      { problems: [{ column: 'C', heading: 'Código', code: 'UNKNOWN_PRODUCT' }] },
      { problems: [{ column: 'B', code: 'NOT_A_NUMBER' }] },
    ]);
    const { upload: found } = await ask(viewer, 'query ($id: ID!) { upload(id: $id) { refusedRows { base64 } } }', {
      id: seen.uploadId,
    });
    const book = XLSX.read(Buffer.from(found.refusedRows.base64, 'base64'));
    const [sheet = {}] = Object.values(book.Sheets);
    const rows = XLSX.utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '' });
    expect(rows.map((row) => [...row.slice(0, 2), ...row.slice(3)])).toEqual([
      ['Hoja', 'Fila', 'Código', 'Descripción', 'Existencia', 'Ubicación', 'Bodega'],
      ['CENTRO', '3', 'GHOST', '', 1, '', 'CENTRO'],
      ['NORTE', '2', 'GHOST', '', 2, 'P-1', 'NORTE'],
      ['NORTE', '3', 'A', '', 'doce', 'P-2', 'NORTE'],
    ]);
  });

  it('says of a row that comes again where it came first', async () => {
    const place = await world.addPlace();
    const seen = await preview(
      viewerOf(place),
      place.companyId,
      sheetOf([head, ['A', 'Uno', 1, 0], ['A', 'Uno', 2, 0]]),
    );
    expect(seen.rows[1].problems).toMatchObject([
      { code: 'REPEATED_ROW', message: { es: expect.stringContaining('«Hoja1!2»') } },
    ]);
  });
});

describe('who listens', () => {
  it('hears of the products that a file makes and takes back, and of the stock before and after', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const kept = await world.addProduct(place, { codigo: 'KEPT' });
    await world.addStock(place, kept, { stock_actual: 4 });
    const seen = await preview(
      viewer,
      place.companyId,
      sheetOf([head, ['KEPT', null, 9, null], ['NEW', 'Nuevo', 1, null], ['SET', 'Con ajuste', 1, null]]),
    );
    await commit(viewer, seen);
    const made = await events('inventory.productChanged', place.companyId);
    expect(made.map(({ payload }) => payload)).toMatchObject([
      { kind: 'CREATED', sku: 'NEW' },
      { kind: 'CREATED', sku: 'SET' },
    ]);
    // What somebody has said of how it is bought keeps a product.
    await db.pool.query(
      `INSERT INTO inventory.replenishment_settings (product_id, company_id)
       SELECT id, company_id FROM inventory.erp_productos WHERE company_id = $1 AND codigo = 'SET'`,
      [place.companyId],
    );
    expect((await undo(viewer, seen)).status).toBe('UNDONE');
    const after = await events('inventory.productChanged', place.companyId);
    expect(after.slice(2).map(({ payload }) => payload)).toMatchObject([{ kind: 'DELETED', sku: 'NEW' }]);
    const stock = await events('inventory.stockChanged', place.companyId);
    expect(
      stock.filter(({ payload }) => JSON.stringify(payload).includes('KEPT')).map(({ payload }) => payload),
    ).toMatchObject([
      { previousOnHand: '4', onHand: '9' },
      { previousOnHand: '9', onHand: '4' },
    ]);
  });
});
