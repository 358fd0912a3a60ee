import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const site = demoSites.plantaNorte.id;

let product: WebPlatform;

beforeAll(async () => {
  product = await joinWebPlatform('closed');
}, 240_000);
afterAll(async () => {
  await product?.leave();
}, 60_000);

describe('who looks after the points of a company', () => {
  it('makes one on a page, its place on a map, and hears its device at once', async () => {
    const code = `PAGINA-${randomUUID().slice(0, 6)}`;
    const page = await product.open('agua', `/water?site=${site}`);
    await page.getByRole('link', { name: 'Nuevo punto' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nuevo punto' }).waitFor();
    await page.getByLabel('Nombre', { exact: true }).fill('Pozo de la página');
    const codeField = page.getByLabel('Código', { exact: true });
    await codeField.fill('NORTE-POZO-1');
    const map = page.getByRole('region', { name: 'Mapa para elegir el lugar' });
    await map.click({ position: { x: 120, y: 90 } });
    const latitude = page.getByLabel('Latitud, °');
    expect(await latitude.inputValue()).toMatch(/^-3\d\.\d+$/);
    const before = await latitude.inputValue();
    await map.getByRole('button', { name: /^Lugar del punto/ }).press('ArrowUp');
    expect(Number(await latitude.inputValue())).toBeGreaterThan(Number(before));
    await page.getByLabel('Profundidad del pozo, m').fill('80');
    await page.getByLabel('Profundidad del sensor, m').fill('noventa');
    const total = page.getByRole('group', { name: 'Totalizador' });
    await total.getByLabel('Cómo cuenta').selectOption('litersPerPulse');
    await total.getByLabel('Litros por pulso', { exact: true }).fill('100');
    expect(await violations(page)).toEqual([]);
    const make = page.getByRole('button', { name: 'Crear el punto' });
    await make.click();
    await page.getByText('No es un valor de este tipo.').waitFor();
    await page.getByLabel('Profundidad del sensor, m').fill('90,5');
    await make.click();
    await page.getByText('Es más hondo que el pozo.').waitFor();
    await page.getByLabel('Profundidad del sensor, m').fill('70,5');
    await make.click();
    await page.getByText('Ya hay un punto con ese código.').first().waitFor();
    expect(await codeField.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await codeField.fill(code);
    await make.click();
    await page.getByRole('heading', { level: 1, name: 'Pozo de la página' }).waitFor();
    await publishReading(product.platform.mqttUrl, code, { pulses: 5_000, flow: 7.5 });
    await page.getByText('7,5').first().waitFor();
    await page.context().close();
  }, 60_000);

  it('edits one beside somebody else: neither loses anything, and what was measured keeps its meaning', async () => {
    const address = '/water/NORTE-POZO-2';
    const theirs = await edited('gerente', address);
    const own = await edited('agua', address);
    await own.getByLabel('Nombre', { exact: true }).fill('Pozo 2 mío');
    await own.getByLabel('Caudal otorgado, L/s').fill('33,5');
    await theirs.getByLabel('Nombre', { exact: true }).fill('Pozo 2 suyo');
    await theirs.getByLabel('Altura, m s. n. m.').fill('512');
    await theirs.getByRole('button', { name: 'Guardar cambios' }).click();
    await theirs.getByRole('heading', { level: 1, name: 'Pozo 2 suyo' }).waitFor();
    await theirs.context().close();
    const save = own.getByRole('button', { name: 'Guardar cambios' });
    await save.click();
    // Told by the graph, or seen before it was asked.
    const look = own.getByRole('button', { name: 'Ver qué cambió' });
    await look.or(own.getByText('Otra persona puso: Pozo 2 suyo')).first().waitFor();
    if ((await look.count()) > 0) await look.click();
    await own.getByText('Otra persona puso: Pozo 2 suyo').waitFor();
    expect(await own.getByLabel('Altura, m s. n. m.').inputValue()).toBe('512');
    expect(await own.getByLabel('Nombre', { exact: true }).inputValue()).toBe('Pozo 2 mío');
    expect(await violations(own)).toEqual([]);
    expect(await own.getByLabel('Zona horaria').getAttribute('readonly')).not.toBeNull();
    await own.getByRole('button', { name: 'Anotar una calibración' }).click();
    await own.getByRole('dialog').getByLabel('Medida').waitFor();
    await own.keyboard.press('Escape');
    await save.click();
    await own.getByRole('heading', { level: 1, name: 'Pozo 2 mío' }).waitFor();
    await own.context().close();
    const { rows } = await product.platform.pool.query(
      `SELECT name, altitude_m::float8 AS altitude, water_right_flow_lps::float8 AS granted FROM telemetry.catchment_points WHERE code = 'NORTE-POZO-2'`,
    );
    expect(rows).toEqual([{ name: 'Pozo 2 mío', altitude: 512, granted: 33.5 }]);
  }, 60_000);

  it('does so on a phone too, within its width and readable by everybody', async () => {
    for (const path of [`/water/points/new?site=${site}`, '/water/NORTE-POZO-1/edit']) {
      const page = await product.open('agua', path, { width: 390, scheme: 'dark' });
      await page.getByRole('button', { name: 'Agregar medida' }).click();
      await page.getByRole('region', { name: 'Mapa para elegir el lugar' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
      // What lies under the bar at the top is no smaller for it.
      await page.evaluate('scrollTo(0, 0)');
      expect(await violations(page), path).toEqual([]);
      await page.context().close();
    }
  });

  it('takes the groups of a schema home as a workbook', async () => {
    const page = await product.open('agua', '/water/NORTE-POZO-1');
    const table = page.getByRole('group', { name: /^(Caudal y totalizador|Descenso del nivel|Uso del derecho)$/ });
    await table.getByRole('row').nth(2).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Descargar lo filtrado como Excel' }).last().click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^NORTE-POZO-1-.*\.xlsx$/);
    const content = await readFile(await file.path());
    expect(content.subarray(0, 2).toString()).toBe('PK');
    expect(content.byteLength).toBeGreaterThan(2_000);
    await page.context().close();
  });
});

it('who may only look is not offered to change a point, and is told so at its address', async () => {
  const page = await product.open('analista', '/water/NORTE-POZO-1');
  await page.getByRole('heading', { level: 1, name: /Pozo 1/ }).waitFor();
  expect(await page.getByRole('link', { name: 'Editar' }).count()).toBe(0);
  await page.goto(`${product.url}/es/water/NORTE-POZO-1/edit`);
  await page.getByText(/^No tienes acceso a/).waitFor();
  expect(await page.getByRole('button', { name: 'Guardar cambios' }).count()).toBe(0);
  await page.context().close();
});

async function edited(account: string, address: string): Promise<Page> {
  const page = await product.open(account, address);
  await page.getByRole('link', { name: 'Editar' }).click();
  await page.getByRole('button', { name: 'Guardar cambios' }).waitFor();
  return page;
}
