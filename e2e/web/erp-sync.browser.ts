import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { violations } from './axe.ts';
import { startWebPlatform, type WebPlatform } from './web-platform.ts';

const at = `site=${demoSites.plantaNorte.id}`;
/** As they stand side by side above the copy. */
const sections = ['Copias', 'Conexión y mapeo', 'Bodegas', 'Horarios', 'Prueba de existencias'] as const;

let product: WebPlatform;

beforeAll(async () => {
  product = await startWebPlatform(inject('seededUrl'), { CAUCE_TRUSTED_DOCUMENTS: 'only' });
}, 240_000);
afterAll(async () => product?.stop(), 60_000);

describe('who looks after the copy of an ERP', () => {
  it('connects one, copies everything, reads the proof, says where a warehouse is, and proves the stock', async () => {
    const page = await product.open('admin', `/inventory/sync?${at}`);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.getByRole('button', { name: 'Conectar un ERP' }).first().click();
    await page.getByLabel('Sistema').selectOption({ label: 'Muestra' });
    await page.getByLabel('Nombre').fill('ERP de prueba');
    await page.getByLabel('Código').fill('SAMPLE-PAGE');
    await page.getByLabel('Artículos de muestra').fill('60');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('La muestra no necesita mapeo').waitFor();
    await section(page, 'Copias');
    await page.getByRole('button', { name: 'Copiar todo de nuevo' }).click();
    const history = page.getByRole('region', { name: 'Historial' });
    await history.getByRole('button', { name: /^Ventas · completa/ }).waitFor({ timeout: 60_000 });
    expect(await violations(page)).toEqual([]);
    await history.getByRole('button', { name: /^Ventas · completa/ }).click();
    await page.getByText('Está todo').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await section(page, 'Bodegas');
    await page.getByLabel('Sitio de Bodega central').selectOption({ label: demoSites.plantaNorte.name });
    await page.getByRole('row', { name: /Bodega central.*Ubicada/ }).waitFor({ timeout: 20_000 });

    await section(page, 'Horarios');
    await page.getByRole('button', { name: /^Precios · cambios/ }).click();
    await page.getByLabel('Expresión cron').fill('a menudo');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('No es una expresión cron de cinco campos.').waitFor();
    await page.getByLabel('Expresión cron').fill('15 */3 * * *');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('15 */3 * * *').waitFor();

    await section(page, 'Prueba de existencias');
    await page.getByRole('button', { name: 'Comprobar ahora' }).click();
    await page
      .getByText(/El documento S-.* es justo la diferencia/)
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('finds every section on a phone in the dark, within its width and readable by everybody', async () => {
    const page = await product.open('admin', `/inventory/sync?${at}`, { width: 390, scheme: 'dark' });
    for (const name of sections) {
      await section(page, name);
      await page.waitForTimeout(300);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
      expect(await violations(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it('is the only one who may open it', async () => {
    const page = await product.open('compras', `/inventory/sync?${at}`);
    await page
      .getByText(/No tienes acceso a/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Conectar un ERP' }).count()).toBe(0);
    await page.context().close();
  });
});

async function section(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Secciones de la copia' })
    .getByRole('button', { name, exact: true })
    .click();
}
