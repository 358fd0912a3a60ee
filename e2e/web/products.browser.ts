import { demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const list = `/inventory/products?site=${demoSites.plantaNorte.id}`;

let product: WebPlatform;

beforeAll(async () => {
  product = await joinWebPlatform('closed');
}, 240_000);
afterAll(async () => product?.leave(), 60_000);

const names = (page: Page) => page.getByRole('table').getByRole('row').locator('td:first-child');

describe('who keeps the catalogue', () => {
  it('finds a product while typing, with slips forgiven, and the address keeps the search, the order and the filters', async () => {
    const page = await product.open('gerente', list);
    await names(page).first().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { operationName, variables } = request.method() === 'POST' ? JSON.parse(request.postData() ?? '{}') : {};
      if (operationName === 'Products') asked.push(variables.filter.search ?? '');
    });
    await page.getByRole('searchbox').pressSequentially('fitlro', { delay: 30 });
    await page
      .getByRole('cell', { name: /filtro/i })
      .first()
      .waitFor();
    // One question for what was typed, not one for each key.
    expect(asked.filter((search) => search !== '').length).toBeLessThan(4);
    await page.getByRole('columnheader', { name: 'Producto' }).getByRole('button').click();
    await page.waitForURL(/sort=NAME_ASC/);
    await page.getByLabel('Sitio').last().selectOption('all');
    await page.waitForURL(/search=fitlro/);
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page
      .getByRole('cell', { name: /filtro/i })
      .first()
      .waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('fitlro');
    await page.getByRole('searchbox').fill('zzzxqw');
    await page.getByText('Ningún producto coincide').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('searchbox').fill('filtro');
    await page
      .getByRole('link', { name: /^Ver el producto completo: .*filtro/i })
      .first()
      .click();
    await page.waitForURL(/\/inventory\/products\/[\da-f-]{36}\?.*site=/);
    await page.context().close();
  }, 60_000);

  it('is told that nothing comes while the network is away, and goes on by itself when it is back', async () => {
    const page = await product.open('gerente', list);
    await names(page).first().waitFor();
    await page.route('**/api/session', (route) => route.abort());
    await page.reload();
    await page.getByText('Sin conexión con el servidor').waitFor();
    await page.unroute('**/api/session');
    await page.evaluate("dispatchEvent(new Event('online'))");
    await names(page).first().waitFor();
    // Not even the app itself comes: the frame says so after some seconds, and leads back to the same address.
    let isBack = false;
    await page.route('**/_next/static/**/*.js', (route) => (isBack ? route.continue() : undefined));
    await page.reload({ waitUntil: 'commit' });
    const again = page.getByRole('link', { name: 'Recargar la página' });
    await page.locator('[aria-busy="true"] a').waitFor({ state: 'attached' });
    expect(await again.isVisible()).toBe(false);
    await page.evaluate(
      'for (const one of document.getAnimations()) if (one.animationName.includes("slow")) one.finish()',
    );
    await again.waitFor();
    isBack = true;
    await again.click();
    await names(page).first().waitFor();
    expect(page.url()).toContain(list);
    await page.context().close();
  }, 60_000);

  it('walks with the keys, makes a product, is told of a code that is taken, changes it and removes it', async () => {
    const page = await product.open('gerente', list, { width: 390, scheme: 'dark' });
    await names(page).first().waitFor();
    // A fresher list may take the place of the first one, and the focus with it, while the keys are pressed.
    await eventually(async () => {
      await page.getByRole('group', { name: 'Productos' }).focus();
      await page.keyboard.press('ArrowDown');
      if ((await names(page).first().locator('button:focus').count()) === 0) return false;
      await page.keyboard.press('Enter');
      const opened = page.getByRole('dialog').waitFor({ timeout: 2_000 });
      return opened.then(
        () => true,
        () => false,
      );
    });
    await page.keyboard.press('Escape');
    await names(page).first().locator('button:focus').waitFor();
    await page.getByRole('button', { name: 'Nuevo producto' }).click();
    const code = `E2E-${Date.now()}`;
    const form = page.getByRole('dialog');
    await form.getByLabel('Nombre').fill('Niple de prueba');
    await form.getByLabel('Código (SKU)').fill(code);
    await form.getByLabel(/^Precio/).fill('doce');
    await form.getByRole('button', { name: 'Guardar' }).click();
    expect(await form.locator('input:invalid').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await form.getByLabel(/^Precio/).fill('12,50');
    await form.getByRole('button', { name: 'Guardar' }).click();
    await page.waitForURL(/product=/);
    await page.getByRole('dialog', { name: 'Niple de prueba' }).getByText(code).waitFor();
    await page.goto(`${product.url}/es${list}&edit=new`);
    await form.getByLabel('Nombre').fill('Otro');
    await form.getByLabel('Código (SKU)').fill(code);
    await form.getByRole('button', { name: 'Guardar' }).click();
    await form.getByText('ya tiene ese código').waitFor();
    expect(await form.getByLabel('Nombre').inputValue()).toBe('Otro');
    await page.goto(`${product.url}/es${list}&where=all&search=${code}`);
    await names(page).filter({ hasText: 'Niple' }).first().click();
    await page.getByRole('button', { name: 'Editar' }).click();
    await form.getByLabel('Nombre').fill('Niple cambiado');
    await form.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('dialog', { name: 'Niple cambiado' }).waitFor();
    await page.getByRole('button', { name: 'Editar' }).click();
    await form.getByRole('button', { name: 'Eliminar el producto' }).click();
    await form.getByRole('group', { name: 'Eliminar el producto' }).getByRole('button', { name: 'Eliminar' }).click();
    await page.getByText('Ningún producto coincide').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.context().close();
  }, 60_000);
});
