import { readFile } from 'node:fs/promises';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const site = demoSites.plantaNorte.id;
const list = `/inventory/replenishment?site=${site}`;
const overflow = 'document.documentElement.scrollWidth - innerWidth';

let product: WebPlatform;
beforeAll(async () => {
  product = await joinWebPlatform('open');
}, 240_000);
afterAll(async () => product?.leave(), 60_000);

const quantities = (page: Page) => page.getByLabel(/^Cantidad a pedir de /);
const download = async (page: Page, name: string) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};

/** What sells on most days there. */
async function busiest(): Promise<string> {
  const { rows } = await product.platform.pool.query<{ id: string }>(
    `SELECT producto_id::text AS id FROM inventory.erp_ventas_detalle WHERE site_id = $1 AND producto_id IS NOT NULL
     GROUP BY 1 ORDER BY count(DISTINCT fecha) DESC, 1 LIMIT 1`,
    [site],
  );
  return rows[0]?.id ?? '';
}

describe('who buys for a site', () => {
  it('reads what a product will sell with its band, and how each method did', async () => {
    const page = await product.open('gerente', `/inventory/products/${await busiest()}?site=${site}`);
    const panel = page.getByRole('region', { name: 'Pronóstico de demanda' });
    await panel.getByText(/^En 30 días se espera vender/).waitFor();
    await panel.getByRole('group', { name: /^Lo vendido cada día/ }).focus();
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('ArrowRight');
    await panel.getByText(/se espera \d.*\(.* – .*\)/).waitFor();
    await panel.getByText('elegido').waitFor();
    expect(await violations(page)).toEqual([]);
    await panel.getByRole('button', { name: '90 días' }).click();
    await panel.getByText(/^En 90 días se espera vender/).waitFor();
    await panel.getByRole('button', { name: 'Ver tabla' }).click();
    await panel.getByRole('row').nth(90).waitFor();
    await page.context().close();
  });

  it('changes a quantity, is told what is odd about it, and takes it along in both exports', async () => {
    const page = await product.open('gerente', list);
    const first = quantities(page).first();
    await first.waitFor();
    expect(await violations(page)).toEqual([]);
    await first.fill('7x');
    await page.getByText('no es una cantidad').waitFor();
    expect(await first.getAttribute('aria-invalid')).toBe('true');
    await first.fill('123456789');
    await page.getByText('1 cantidad cambiada').waitFor();
    // As in a spreadsheet, enter leads down and an arrow back.
    await first.press('Enter');
    expect(await quantities(page).nth(1).and(page.locator(':focus')).count()).toBe(1);
    await quantities(page).nth(1).press('ArrowUp');
    expect(await first.and(page.locator(':focus')).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    const csv = await download(page, 'Descargar lo filtrado como CSV');
    expect(csv.name).toMatch(/reposicion-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(csv.bytes.toString('utf8')).toContain(';123456789');
    const workbook = await download(page, 'Descargar lo filtrado como Excel');
    expect(workbook.name).toMatch(/\.xlsx$/);
    expect(workbook.bytes.subarray(0, 2).toString()).toBe('PK');
    await page.waitForURL(/orders=/);
    await page.reload();
    await page.getByText('1 cantidad cambiada').waitFor();
    expect(await quantities(page).first().inputValue()).toBe('123456789');
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('Los pedidos en camino no se conocen').waitFor();
    await page.context().close();
  });

  it('narrows and orders by the address, and opens what a link says', async () => {
    const page = await product.open('gerente', list);
    await quantities(page).first().waitFor();
    const all =
      (await page
        .getByText(/^\d+ filas$/)
        .first()
        .textContent()) ?? '';
    await page.getByLabel('Proveedor', { exact: true }).selectOption({ index: 2 });
    await page.getByLabel('Ordenar por').selectOption('ORDER_COST');
    await page.waitForURL(/supplier=.*sort=ORDER_COST|sort=ORDER_COST.*supplier=/);
    // The rows of before stay until the narrowed ones are there.
    await page.getByText(all, { exact: true }).waitFor({ state: 'hidden' });
    await quantities(page).first().waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copiar el pedido' }).click();
    await page.getByText('Pedido copiado').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^Pedido de Planta Norte a .+\n\n- \d/);
    const name = (await quantities(page).first().getAttribute('aria-label')) ?? '';
    const again = await page.context().newPage();
    await again.goto(page.url());
    await again.getByLabel(name, { exact: true }).waitFor();
    await page.getByLabel('Buscar código o nombre').fill('no hay nada así');
    await page.getByText('Nada coincide').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('says how a product is bought, is told at the field what is wrong, and goes on to the product', async () => {
    const page = await product.open('gerente', list);
    await quantities(page).first().waitFor();
    await page.getByRole('group', { name: 'Propuestas de compra' }).locator('tbody button').first().press('Enter');
    const lead = page.getByLabel('Plazo de entrega, días');
    await lead.fill('nueve');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Revisa los campos marcados.').waitFor();
    expect(await lead.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await lead.fill('90');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Configurado para este sitio.').waitFor();
    expect(await lead.inputValue()).toBe('90');
    await page.getByRole('link', { name: 'Ver el producto' }).click();
    await page.waitForURL(/\/inventory\/products\/[\da-f-]{36}/);
    await page.getByRole('region', { name: /^Qué comprar para/ }).waitFor();
    await page.getByRole('region', { name: /^Ventas ·/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    const address = new URL(page.url());
    await page.context().close();
    const phone = await product.open('gerente', address.pathname.replace('/es', '') + address.search, {
      width: 390,
      scheme: 'dark',
    });
    await phone.getByRole('region', { name: /^Qué comprar para/ }).waitFor();
    expect(await phone.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(await violations(phone)).toEqual([]);
    await phone.goto(`${product.url}/es/inventory/products/${site}`);
    await phone.getByText('Este producto no existe').waitFor();
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
  });

  it('does it on a phone as well', async () => {
    const page = await product.open('gerente', list, { width: 390, scheme: 'dark' });
    await quantities(page).first().waitFor();
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('who looks after the forecasts', () => {
  const { companyId } = demoSites.plantaNorte;
  const address = `/inventory/forecasts?site=${site}`;
  const bar = (page: Page) => page.getByRole('progressbar', { name: 'Avance del pronóstico' });

  /** What a worker would write and tell of a run that is under way. */
  async function work(done: number): Promise<void> {
    await product.platform.pool.query(
      `WITH run AS (
         INSERT INTO inventory.forecast_runs AS r (company_id, status, total, done, computed, started_at, heartbeat_at)
         VALUES ($1, 'RUNNING', 400, $2, $2, now() - interval '10 s', now() + interval '1 h')
         ON CONFLICT (company_id) WHERE status IN ('PENDING', 'RUNNING') DO UPDATE SET done = excluded.done RETURNING id)
       INSERT INTO platform.outbox (topic, company_id, key, occurred_at, payload)
       SELECT 'inventory.forecastRunChanged', $1, id, now(), jsonb_build_object('runId', id) FROM run`,
      [companyId, done],
    );
  }

  /** What its worker writes at the end: all of the demo's products would take a minute and more. */
  async function end(): Promise<void> {
    await product.platform.pool.query(
      `WITH run AS (
         UPDATE inventory.forecast_runs SET status = 'COMPLETED', completed_at = now(), judged = 40, beating = 31, skill = 0.18, failed = 2,
           chosen = '{"COMBINED": 30, "HOLT_WINTERS": 8, "SEASONAL_NAIVE": 2}'
         WHERE company_id = $1 AND status = 'RUNNING' RETURNING id)
       INSERT INTO platform.outbox (topic, company_id, key, occurred_at, payload)
       SELECT 'inventory.forecastRunChanged', $1, id, now(), jsonb_build_object('runId', id) FROM run`,
      [companyId],
    );
  }

  it('sees a run go on by itself, and cannot begin another meanwhile', async () => {
    await product.platform.pool.query('DELETE FROM inventory.forecast_runs WHERE company_id = $1', [companyId]);
    await work(120);
    const page = await product.open('gerente', address);
    await page.getByText(/^120 de 400 productos por sitio · \d+ por segundo · quedan /).waitFor();
    expect(await bar(page).getAttribute('aria-valuenow')).toBe('30');
    expect(await page.getByRole('button', { name: 'Pronosticar ahora' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await work(300);
    await page.getByText(/^300 de 400 /).waitFor();
    expect(await bar(page).getAttribute('aria-valuenow')).toBe('75');
    await product.platform.pool.query('DELETE FROM inventory.forecast_runs WHERE company_id = $1', [companyId]);
    await page.context().close();
  });

  it('begins one, sees what it left and who asked for it, on a phone as well', async () => {
    const page = await product.open('gerente', address);
    await page.getByText('Aún no hay historial').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pronosticar ahora' }).click();
    await page.getByText(/^[1-9]\d* de .+ productos por sitio/).waitFor();
    await end();
    const row = page.getByRole('button', { name: /^Pedido por Rodrigo Echeverría Lagos.*2 sin resultado$/ });
    await row.waitFor();
    const methods = page.getByRole('region', { name: 'Con qué se pronostica' });
    expect(await methods.getByRole('listitem').count()).toBe(3);
    await page.getByText('31 de 40 que se pudieron probar').waitFor();
    expect(await violations(page)).toEqual([]);
    await row.click();
    await page.getByRole('dialog').getByText('Rehechos').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
    const phone = await product.open('gerente', address, { width: 390, scheme: 'dark' });
    await phone.getByRole('button', { name: /^Pedido por Rodrigo/ }).waitFor();
    expect(await phone.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
    const reader = await product.open('analista', address);
    await reader.getByRole('button', { name: /^Pedido por Rodrigo|^Pedido a mano/ }).waitFor();
    expect(await reader.getByRole('button', { name: 'Pronosticar ahora' }).count()).toBe(0);
    await reader.context().close();
  });

  it('sees whether what was said came true, where it did least, and of that product each day, on a phone as well', async () => {
    await product.platform.pool.query('DELETE FROM inventory.forecast_runs WHERE company_id = $1', [companyId]);
    const page = await product.open('gerente', address);
    const past = (where: Page) => where.getByRole('region', { name: 'Pronóstico contra lo vendido' });
    await past(page)
      .getByText(/^De cada 10 días, \d+ quedaron dentro de la banda \(promete 8\)\. En total se pronosticó /)
      .waitFor();
    const misses = past(page).getByRole('table', { name: 'Donde más se falló en las últimas cuatro semanas' });
    expect(await misses.locator('tbody tr').count()).toBe(10);
    expect(await violations(page)).toEqual([]);
    await misses.getByRole('link').first().click();
    await page.waitForURL(/\/inventory\/products\/[\da-f-]{36}/);
    await past(page)
      .getByText(/^De cada 10 días, /)
      .waitFor();
    await past(page).getByRole('button', { name: '30 días' }).click();
    await past(page).getByRole('table', { name: 'Cada pronóstico y lo que se vendió en sus 30 días' }).waitFor();
    await past(page).getByRole('button', { name: 'Ver tabla' }).click();
    const days = past(page).getByRole('table', { name: /^Lo vendido cada día y la banda/ });
    expect(await days.locator('tbody tr').count()).toBeGreaterThan(20);
    expect(await violations(page)).toEqual([]);
    const at = new URL(page.url());
    await page.context().close();
    const small = { width: 390, scheme: 'dark' } as const;
    for (const where of [address, at.pathname.replace('/es', '') + at.search]) {
      const phone = await product.open('gerente', where, small);
      await past(phone)
        .getByText(/^De cada 10 días, /)
        .waitFor();
      expect(await phone.evaluate(overflow)).toBeLessThanOrEqual(0);
      expect(await violations(phone)).toEqual([]);
      await phone.context().close();
    }
  });
});
