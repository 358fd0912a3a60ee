import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/test/system-programs.ts';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const at = `site=${demoSites.plantaNorte.id}`;
/** As they stand side by side above the copy. */
const sections = ['Copias', 'Conexión y mapeo', 'Bodegas', 'Horarios', 'Prueba de existencias'] as const;

let product: WebPlatform;
let erp: Awaited<ReturnType<typeof startErp>> | undefined;

beforeAll(async () => {
  product = await joinWebPlatform('closed');
}, 240_000);
afterAll(async () => {
  await erp?.stop();
  await product?.leave();
}, 60_000);

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
    await page.getByLabel('Sitio de Bodega central').selectOption({ label: demoSites.oficinaCentral.name });
    await page.getByRole('row', { name: /Bodega central.*Ubicada/ }).waitFor({ timeout: 20_000 });

    await section(page, 'Horarios');
    await page.getByRole('button', { name: /^Precios · cambios/ }).click();
    await page.getByLabel('Expresión cron').fill('a menudo');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('No es una expresión cron de cinco campos.').waitFor();
    await page.getByLabel('Expresión cron').fill('15 */3 * * *');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('cada 3 horas, al minuto 15').waitFor();

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

  it.skipIf(!isInstalled('isql-fb'))(
    'reads a Microsip by the mapping that a person corrected, and sees which rows could not be taken and why',
    async () => {
      erp = await startErp();
      const page = await product.open('admin', `/inventory/sync?${at}`);
      await page.getByRole('button', { name: 'Conectar un ERP' }).first().click();
      const typed = { Nombre: 'Microsip central', Código: 'MSIP-PAGE', Servidor: erp.host, Puerto: String(erp.port) };
      const secret = { 'Base de datos': erp.database, Usuario: erp.user, Contraseña: erp.password };
      for (const [label, text] of Object.entries({ ...typed, ...secret }))
        await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByRole('button', { name: 'Guardar' }).click();
      await page.getByRole('button', { name: 'Auditar' }).click();
      const editor = page.getByRole('region', { name: 'Cómo se lee' });
      await editor.getByText('Hay varias listas de precios').waitFor({ timeout: 30_000 });

      await editor.getByLabel('Ventas', { exact: true }).selectOption('VW_VENTAS_2025');
      const columns = editor.getByRole('group', { name: 'Columnas de VW_VENTAS_2025' });
      await columns.getByLabel('Folio').selectOption({ label: 'Ninguna' });
      await columns.getByText('Hace falta una columna.').waitFor();
      expect(await editor.getByRole('button', { name: 'Confirmar mapeo' }).isDisabled()).toBe(true);
      expect(await violations(page)).toEqual([]);
      await columns.getByLabel('Folio').selectOption('FOLIO');
      await editor.getByRole('button', { name: 'Confirmar mapeo' }).click();
      await page.getByText(/^confirmado el/).waitFor();

      await section(page, 'Copias');
      await page.getByRole('button', { name: 'Copiar todo de nuevo' }).click();
      const history = page.getByRole('region', { name: 'Historial' });
      await history.getByRole('button', { name: /^Ventas · completa/ }).waitFor({ timeout: 60_000 });
      await history.getByRole('button', { name: /^Existencias · completa.*1 fila falló/ }).click();
      const failed = page.getByRole('region', { name: 'Filas que no se pudieron tomar' });
      await failed.getByText('el producto no está en la copia').waitFor();
      expect(await failed.getByText('8888:19').count()).toBe(1);
      await page.getByText('Incompleto').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
  );

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

/** A company's ERP, as it stands in its own house. */
async function startErp() {
  const program = new URL('../../subgraphs/inventory/src/test-support/erp-server.fixture.ts', import.meta.url).pathname;
  const server: ChildProcess = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (server.stdout === null) throw new Error('The ERP has no output');
  const [line] = await new Promise<string[]>((resolve, reject) => {
    server.once('exit', () => reject(new Error('The ERP did not start')));
    if (server.stdout !== null) createInterface(server.stdout).once('line', (text) => resolve([text]));
  });
  const where: unknown = JSON.parse(line ?? '{}');
  const at = (key: string) => String(Reflect.get(Object(where), key));
  return {
    ...{ host: at('host'), port: at('port'), database: at('database'), user: at('user'), password: at('password') },
    stop: async () => {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.stdin?.end();
      await gone;
    },
  };
}
