import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

/** As LibreOffice wrote it: a title, the branch, two products and a total. */
const file = fileURLToPath(
  new URL('../../subgraphs/inventory/src/imports/test-support/libreoffice/stock.xlsx', import.meta.url),
);
const site = demoSites.plantaNorte;

let product: WebPlatform;

beforeAll(async () => {
  product = await joinWebPlatform('closed');
}, 240_000);
afterAll(() => product?.leave(), 60_000);

describe('who brings stock in from a spreadsheet', () => {
  it('sends a file, says where it belongs, imports it, gets the original back and undoes it', async () => {
    const page = await product.open('gerente', `/inventory?site=${site.id}`);
    await page.getByRole('link', { name: 'Planillas' }).click();
    await page.getByRole('heading', { name: 'Historial' }).waitFor();
    await page.getByText('Aún no hay planillas').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
      { name: 'enorme.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
      { name: 'stock.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(file) },
    ]);
    await page.getByText('No es una planilla; se esperaba .xlsx o .xls. Si es .csv').waitFor();
    await page.getByText('Pesa más de 10 MB').waitFor();
    const opened = page.getByRole('region', { name: 'stock.xlsx' });
    await opened.getByText('Por confirmar').waitFor();
    await opened.getByText('«CENTRO» no es una bodega que alcances').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await opened.getByRole('button', { name: `Todo es de ${site.name}` }).click();
    await opened.getByRole('button', { name: /^2\s*crean algo$/ }).waitFor();
    await opened.getByRole('button', { name: 'Importar 2 filas' }).click();
    await opened.getByText('Importado', { exact: true }).first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      opened.getByRole('button', { name: 'Original' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('stock.xlsx');
    expect(await readFile(await download.path())).toEqual(await readFile(file));
    await opened.getByRole('button', { name: 'Deshacer' }).click();
    await opened.getByRole('button', { name: 'Deshacer' }).click();
    await opened.getByText('Deshecho', { exact: true }).first().waitFor();
    await page.getByRole('region', { name: 'Historial' }).getByText('Deshecho').waitFor();
    await page.context().close();
  });

  it('takes what is dropped anywhere on the page, and gives the refused rows back as a spreadsheet', async () => {
    const page = await product.open('gerente', `/inventory/imports?site=${site.id}`);
    await page.getByRole('heading', { name: 'Historial' }).waitFor();
    const dataTransfer = await page.evaluateHandle(`(() => {
      const moved = new DataTransfer();
      const bytes = Uint8Array.from(atob('${readFileSync(file).toString('base64')}'), (sign) => sign.charCodeAt(0));
      moved.items.add(new File([bytes], 'soltada.xlsx'));
      return moved;
    })()`);
    await page.dispatchEvent('h1', 'drop', { dataTransfer });
    const opened = page.getByRole('region', { name: 'soltada.xlsx' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      opened.getByRole('button', { name: 'Descargar las 2 filas rechazadas' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('rechazadas-soltada.xlsx');
    // What was refused can be corrected and sent again: each row stands behind its reason.
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: download.suggestedFilename(), mimeType: 'application/octet-stream' },
      buffer: await readFile(await download.path()),
    });
    const again = page.getByRole('region', { name: 'rechazadas-soltada.xlsx' });
    await again.getByText(/^Columnas: /).click();
    await again
      .getByText(/«CENTRO» no es una bodega que alcances/)
      .first()
      .waitFor();
    expect(await again.getByLabel(/^C · Motivo/).inputValue()).toBe('');
    await page.context().close();
  });

  it('makes a file of rows that were copied in a spreadsheet, and reads them as they were written', async () => {
    const page = await product.open('gerente', `/inventory/imports?site=${site.id}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.url });
    await page.getByRole('heading', { name: 'Historial' }).waitFor();
    const rows = ['Código\tDescripción\tExistencia', '00E2E\tPieza pegada\t1.234', '01E2E\tOtra\t2'].join('\n');
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(rows)})`);
    await page.keyboard.press('ControlOrMeta+V');
    const opened = page.getByRole('region', { name: 'pegado.xlsx' });
    await opened.getByRole('button', { name: `Todo es de ${site.name}` }).click();
    await opened.getByText('C2: Existencia «1.234» puede ser dos números').waitFor();
    await opened.getByRole('button', { name: /^1\s*crea algo$/ }).waitFor();
    await opened.getByText('01E2E', { exact: true }).waitFor();
    await page.context().close();
  });

  it('says what the columns mean once, on a phone in the dark, within its width', async () => {
    const page = await product.open('gerente', `/inventory/imports?site=${site.id}`, { width: 390, scheme: 'dark' });
    await page.getByRole('heading', { name: 'Historial' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'danada.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK no') });
    const opened = page.getByRole('region', { name: 'danada.xlsx' });
    await opened.getByText('Rechazado').waitFor();
    await opened.getByText(/se esperaba/).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await opened.getByRole('button', { name: 'Descartar' }).click();
    await opened.getByText('Descartado').waitFor();
    await page.context().close();
  });

  it('is told who can grant it when they may not', async () => {
    const page = await product.open('compras', `/inventory/imports`);
    await page.getByRole('heading', { name: 'Historial' }).waitFor();
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});
