import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { violations } from './axe.ts';
import { startWebPlatform, type WebPlatform } from './web-platform.ts';

const site = demoSites.plantaNorte.id;

let product: WebPlatform;

beforeAll(async () => {
  product = await startWebPlatform(inject('seededUrl'));
}, 240_000);
afterAll(async () => {
  await product?.stop();
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
