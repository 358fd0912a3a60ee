import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../../test-support/inventory-world.ts';
import { importQuestions, viewerOf } from '../test-support/import-questions.ts';
import { sheetOf } from '../test-support/workbook.ts';
import { createImportJob } from './imports.jobs.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
await world.startJobs([createImportJob(world.deps)]);

const { ask, preview, commit, undo, levels } = importQuestions(world, db);

const lines = async (place: Place) =>
  (
    await db.pool.query(
      `SELECT s.folio, d.codigo AS sku, trim_scale(d.cantidad)::text AS quantity FROM inventory.erp_ventas s
       JOIN inventory.erp_ventas_detalle d ON d.venta_id = s.id WHERE s.site_id = $1 ORDER BY s.folio, d.posicion`,
      [place.siteId],
    )
  ).rows;

const head = ['Código', 'Descripción', 'Existencia', 'Mínimo'];

describe('a spreadsheet of stock', () => {
  it('shows what it would do, does it as one, changes nothing the second time, and is undone', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    await world.addStock(place, await world.addProduct(place, { codigo: '00123' }), { stock_actual: 4 });
    await world.addStock(place, await world.addProduct(place, { codigo: 'SAME' }), { stock_actual: 7 });
    const before = await levels(place);
    const bytes = sheetOf([
      head,
      [123, null, 10, 2],
      ['SAME', null, 7, null],
      ['NEW', 'Bomba', -2.5, null],
      ['GHOST', null, 1, null],
      ['NEW-2', 'x', 'doce', null],
    ]);
    const seen = await preview(viewer, place.companyId, bytes);
    expect(seen).toMatchObject({
      status: 'PREVIEW',
      kind: 'STOCK',
      rowsRead: 5,
      rowsCreated: 1,
      rowsUpdated: 1,
      rowsRefused: 2,
    });
    expect(seen.rows).toMatchObject([
      { line: 2, status: 'UPDATED' },
      { line: 3, status: 'SKIPPED' },
      { line: 4, status: 'CREATED' },
      { line: 5, status: 'QUARANTINED', problems: [{ column: 'A', code: 'UNKNOWN_PRODUCT', value: 'GHOST' }] },
      {
        line: 6,
        status: 'QUARANTINED',
        problems: [
          { column: 'C', code: 'NOT_A_NUMBER', value: 'doce', message: { es: expect.stringContaining('«doce»') } },
        ],
      },
    ]);
    expect(await levels(place)).toEqual(before);

    expect((await commit(viewer, seen)).status).toBe('COMPLETED');
    expect(await levels(place)).toEqual([
      { sku: '00123', quantity: '10', minimum: '2', flags: [] },
      { sku: 'NEW', quantity: '-2.5', minimum: '0', flags: ['NEGATIVE_STOCK'] },
      { sku: 'SAME', quantity: '7', minimum: '0', flags: [] },
    ]);
    const again = await preview(viewer, place.companyId, bytes);
    expect(again).toMatchObject({ rowsCreated: 0, rowsUpdated: 0 });
    expect(await commit(viewer, again)).toEqual({ reason: 'NOTHING_TO_DO' });

    expect((await undo(viewer, seen)).status).toBe('UNDONE');
    expect(await levels(place)).toEqual(before);
    const left = await db.pool.query(
      `SELECT 1 FROM inventory.erp_productos WHERE company_id = $1 AND codigo = 'NEW'
      UNION ALL SELECT 1 FROM inventory.stock_movements WHERE company_id = $1`,
      [place.companyId],
    );
    expect(left.rowCount).toBe(0);
  });

  it('is not undone when something else changed its rows since', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['A', 'Uno', 1, null], ['B', 'Dos', 2, null]]));
    await commit(viewer, seen);
    await db.pool.query(
      'UPDATE inventory.erp_inventario SET stock_actual = 9, updated_at = now() WHERE site_id = $1 AND stock_actual = 2',
      [place.siteId],
    );
    const refused = await undo(viewer, seen);
    expect(refused).toMatchObject({ status: 'COMPLETED', problem: 'CHANGED_SINCE' });
    expect(refused.rows).toMatchObject([
      { line: 2, problems: [] },
      {
        line: 3,
        problems: [
          {
            ...{ column: 'C', heading: 'Existencia', code: 'CHANGED_SINCE', value: '9' },
            message: { es: expect.stringContaining('(«2»)') },
          },
        ],
      },
    ]);
    expect((await levels(place)).map(({ quantity }) => quantity)).toEqual(['1', '9']);
  });

  it('is shown again, and not written, when the database changed after its preview', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['A', 'Uno', 1, null]]));
    await world.addStock(place, await world.addProduct(place, { codigo: 'A' }), { stock_actual: 5 });
    expect(await commit(viewer, seen)).toMatchObject({
      status: 'PREVIEW',
      problem: 'PREVIEW_CHANGED',
      rowsCreated: 0,
      rowsUpdated: 1,
    });
    expect(await levels(place)).toMatchObject([{ quantity: '5' }]);
    expect(await commit(viewer, seen)).toEqual({ reason: 'PREVIEW_CHANGED' });
    const { upload: anew } = await ask(viewer, 'query ($id: ID!) { upload(id: $id) { plan } }', { id: seen.uploadId });
    expect((await commit(viewer, { ...seen, ...anew })).status).toBe('COMPLETED');
  });

  it('gives its refused rows as a spreadsheet whose cells are only words', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['A', '=1+1', 'x', null]]));
    const { upload: found } = await ask(
      viewer,
      `query ($id: ID!) { upload(id: $id) { refusedRows { filename base64 } en: refusedRows(language: en) { filename base64 } } }`,
      { id: seen.uploadId },
    );
    const sheet = XLSX.read(Buffer.from(found.refusedRows.base64, 'base64'));
    const cells = Object.values(sheet.Sheets)[0] ?? {};
    expect(cells.C2.v).toContain('C2: Existencia «x»');
    expect(cells.E2).toMatchObject({ t: 's', v: '=1+1' });
    expect(cells.E2.f).toBeUndefined();
    expect(found).toMatchObject({
      ...{ refusedRows: { filename: 'rechazadas-stock.xlsx' }, en: { filename: 'refused-stock.xlsx' } },
    });
    const [english = {}] = Object.values(XLSX.read(Buffer.from(found.en.base64, 'base64')).Sheets);
    expect([english.C1.v, english.C2.v]).toEqual(['Reason', expect.stringContaining('is no number')]);
  });

  it('gives back what was read of rows that only what is known here refuses, to be read again as it was', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const seen = await preview(viewer, place.companyId, sheetOf([head, ['00123', null, 1234.567, null]]));
    expect(seen.rows).toMatchObject([{ sku: '00123', problems: [{ code: 'UNKNOWN_PRODUCT' }] }]);
    const { upload: found } = await ask(viewer, 'query ($id: ID!) { upload(id: $id) { refusedRows { base64 } } }', {
      id: seen.uploadId,
    });
    await world.addProduct(place, { codigo: '00123' });
    const again = await preview(viewer, place.companyId, Buffer.from(found.refusedRows.base64, 'base64'));
    expect(again).toMatchObject({ rowsCreated: 1, rows: [{ sku: '00123', problems: [] }] });
    await commit(viewer, again);
    expect(await levels(place)).toMatchObject([{ sku: '00123', quantity: '1234.567' }]);
  });

  it('says why the whole file is refused', async () => {
    const place = await world.addPlace();
    expect(await preview(viewerOf(place), place.companyId, Buffer.from('no'))).toMatchObject({
      status: 'FAILED',
      problem: 'NOT_A_SPREADSHEET',
      rowsRead: 0,
    });
  });
});

describe('a spreadsheet of sales', () => {
  const file = (quantity: number) =>
    sheetOf([
      ['Fecha', 'Folio', 'Código', 'Cantidad', 'Importe'],
      ['01/03/2026', 'F1', 'P', quantity, 100],
      ['01/03/2026', 'F1', 'P', 1, 50],
      ['02/03/2026', 'F2', 'P', 3, 150],
      ['02/03/2026', 'F3', 'P', 3, 1],
      ['02/03/2026', 'F3', 'NO', 3, 1],
    ]);

  it('takes documents whole, changes and keeps them by what they say, and puts back what was', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    await world.addProduct(place, { codigo: 'P' });
    const first = await preview(viewer, place.companyId, file(2));
    expect(first).toMatchObject({ kind: 'SALES', rowsCreated: 3, rowsUpdated: 0, rowsRefused: 2 });
    expect(first.rows.slice(3)).toMatchObject([
      { problems: [{ code: 'FOLIO_REFUSED' }] },
      { problems: [{ code: 'UNKNOWN_PRODUCT' }] },
    ]);
    expect((await commit(viewer, first)).status).toBe('COMPLETED');
    const written = await lines(place);
    expect(written).toEqual([
      { folio: 'F1', sku: 'P', quantity: '2' },
      { folio: 'F1', sku: 'P', quantity: '1' },
      { folio: 'F2', sku: 'P', quantity: '3' },
    ]);
    expect(await preview(viewer, place.companyId, file(2))).toMatchObject({ rowsCreated: 0, rowsUpdated: 0 });
    const second = await preview(viewer, place.companyId, file(8));
    expect(second).toMatchObject({ rowsCreated: 0, rowsUpdated: 2 });
    await commit(viewer, second);
    expect(await lines(place)).toContainEqual({ folio: 'F1', sku: 'P', quantity: '8' });
    expect((await undo(viewer, second)).status).toBe('UNDONE');
    expect(await lines(place)).toEqual(written);
  });

  it('does not count what the ERP has counted', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const productId = await world.addProduct(place, { codigo: 'P' });
    await world.addSale(place, { folio: 'F2' }, { producto_id: productId });
    const seen = await preview(viewer, place.companyId, file(1));
    expect(seen.rows[2]).toMatchObject({
      status: 'QUARANTINED',
      problems: [{ column: 'B', code: 'FOLIO_OF_THE_ERP', value: 'F2' }],
    });
  });
});

describe('who may not', () => {
  it('finds no file, no import and no warehouse of others', async () => {
    const [ours, theirs] = [await world.addPlace(), await world.addPlace()];
    const [us, them] = [viewerOf(ours), viewerOf(theirs)];
    const seen = await preview(us, ours.companyId, sheetOf([head, ['A', 'Uno', 1, null]]));
    expect(
      await ask(them, `query ($id: ID!) { upload(id: $id) { id } spreadsheetImports { id } }`, { id: seen.uploadId }),
    ).toEqual({ upload: null, spreadsheetImports: [] });
    const file = `mutation ($id: ID!, $upload: ID!, $site: ID) {
      importSpreadsheet(uploadId: $upload, siteId: $site) { ... on NotFound { entity } }
      commitSpreadsheet(importId: $id) { ... on NotFound { entity } }
      undoSpreadsheet(importId: $id) { ... on NotFound { entity } } }`;
    expect(await ask(them, file, { id: seen.id, upload: seen.uploadId, site: null })).toEqual({
      importSpreadsheet: { entity: 'Upload' },
      commitSpreadsheet: { entity: 'SpreadsheetImport' },
      undoSpreadsheet: { entity: 'SpreadsheetImport' },
    });
    const named = await preview(
      us,
      ours.companyId,
      sheetOf([[`Sucursal: ${theirs.warehouse}`], head, ['A', 'Uno', 1, null]]),
    );
    expect(named.rows).toMatchObject([
      { status: 'QUARANTINED', problems: [{ code: 'UNKNOWN_WAREHOUSE', value: theirs.warehouse }] },
    ]);
  });

  it('sees an import for as long as they reach every site that it touches, and takes it no further after that', async () => {
    const here = await world.addPlace();
    const there = await world.addPlace({ companyId: here.companyId });
    const both = viewerOf(here, there);
    const seen = await preview(
      both,
      here.companyId,
      sheetOf([
        ['Bodega', ...head],
        [here.warehouse, 'A', 'Uno', 1, null],
        [there.warehouse, 'A', 'Uno', 2, null],
      ]),
    );
    expect(seen).toMatchObject({ status: 'PREVIEW', rowsCreated: 2 });
    const narrowed = { ...both, siteIds: [here.siteId] };
    const colleague = viewerOf(here);
    const ofCompany = testViewer({ companyIds: [here.companyId], siteIds: 'all' });
    const steps = `mutation ($id: ID!) {
      commitSpreadsheet(importId: $id, skipRefused: true) { ... on NotFound { entity } }
      undoSpreadsheet(importId: $id) { ... on NotFound { entity } }
      readSpreadsheetAgain(importId: $id) { ... on NotFound { entity } }
      discardSpreadsheet(importId: $id) { ... on NotFound { entity } } }`;
    const query = 'query ($id: ID!) { upload(id: $id) { id refusedRows { base64 } } spreadsheetImports { id } }';
    for (const viewer of [narrowed, colleague]) {
      expect(await ask(viewer, query, { id: seen.uploadId })).toEqual({ upload: null, spreadsheetImports: [] });
      expect(await ask(viewer, steps, { id: seen.id })).toEqual({
        commitSpreadsheet: { entity: 'SpreadsheetImport' },
        undoSpreadsheet: { entity: 'SpreadsheetImport' },
        readSpreadsheetAgain: { entity: 'SpreadsheetImport' },
        discardSpreadsheet: { entity: 'SpreadsheetImport' },
      });
    }
    expect(await ask(ofCompany, query, { id: seen.uploadId })).toMatchObject({ upload: { id: seen.id } });
    expect(await commit(both, seen)).toMatchObject({ status: 'COMPLETED' });
    expect(await ask(narrowed, query, { id: seen.uploadId })).toMatchObject({ upload: null });
  });

  it('is refused without the permission', async () => {
    const place = await world.addPlace();
    const reader = { ...viewerOf(place), permissions: [] };
    for (const query of [
      '{ spreadsheetImports { id } }',
      '{ upload(id: "1") { id } }',
      'mutation { importSpreadsheet(uploadId: "1") { __typename } }',
      'mutation { commitSpreadsheet(importId: "1") { __typename } }',
      'mutation { undoSpreadsheet(importId: "1") { __typename } }',
      'mutation { readSpreadsheetAgain(importId: "1") { __typename } }',
      'mutation { discardSpreadsheet(importId: "1") { __typename } }',
    ]) {
      const { errors } = await world.ask(query, reader);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });
});
