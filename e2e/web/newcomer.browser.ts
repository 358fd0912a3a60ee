import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPassword } from '@cauce/prisma/seed/demo-people';
import { eventually } from '@cauce/shared/test/eventually';
import { freePort } from '@cauce/shared/test/free-port';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

let product: WebPlatform;
const folder = mkdtempSync(join(tmpdir(), 'cauce-newcomer-'));

beforeAll(async () => {
  product = await joinWebPlatform('open');
}, 240_000);
const receivers: ChildProcess[] = [];

afterAll(async () => {
  for (const receiver of receivers) receiver.kill();
  rmSync(folder, { recursive: true, force: true });
  await product?.leave();
}, 60_000);

/** What a block of the page holds, as its reader would copy it. */
async function copied(page: Page, testId: string): Promise<string> {
  const block = page.getByTestId(testId);
  await block.waitFor();
  return (await block.textContent())?.trimEnd() ?? '';
}

/** Saves a sample of the page as a file of its name. */
async function save(page: Page, name: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, `${await copied(page, name)}\n`);
  return file;
}

const show = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Secciones para desarrolladores' }).getByRole('button', { name: view }).click();

describe('a newcomer', () => {
  it('gets from a key to a paged export and a verified webhook by following the page alone', async () => {
    const page = await product.open('gerente', '/developers');
    // 1: a key, shown once.
    await page.getByRole('button', { name: 'Crear una llave' }).click();
    await page.getByRole('button', { name: 'Nueva llave' }).click();
    await page.getByLabel('Nombre').fill('Exportación nocturna');
    await page.getByRole('button', { name: 'Crear la llave' }).click();
    const key = await copied(page, 'secret');
    expect(key).toMatch(/^cauce_\w{12}_\w{49}$/);
    await page.getByRole('button', { name: 'Ya la guardé' }).click();
    await page.getByText('Exportación nocturna').waitFor();
    expect(await page.content()).not.toContain(key);

    // 2: the first question, as the page writes it for a terminal.
    await show(page, 'Guía');
    const ask = (await copied(page, 'ask')).replace('cauce_…', key);
    const asked = spawnSync('bash', ['-c', ask], { encoding: 'utf8' });
    expect(JSON.parse(asked.stdout)).toMatchObject({ data: { products: { edges: expect.arrayContaining([]) } } });
    expect(JSON.parse(asked.stdout).data.products.edges).toHaveLength(3);

    // 3: every product, page by page.
    const exporter = await save(page, 'export-products.ts');
    const url = /curl (\S+)/.exec(ask)?.[1] ?? '';
    const exported = spawnSync(process.execPath, [exporter], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, CAUCE_URL: url, CAUCE_API_KEY: key },
    });
    const counted = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query: '{ products(first: 1) { totalCount } }' }),
    });
    const { totalCount } = JSON.parse(await counted.text()).data.products;
    expect(totalCount).toBeGreaterThan(100);
    expect(exported.stderr.replace(/\(node:\d+\).*|\(Use `node.*/g, '').trim()).toBe('');
    expect(exported.stdout.trimEnd().split('\n')).toHaveLength(totalCount + 1);

    // 4: a webhook; 5: a receiver with its secret.
    const port = await freePort();
    await page.getByRole('button', { name: 'Registrar un webhook' }).click();
    await page.getByRole('button', { name: 'Nuevo webhook' }).click();
    await page.getByLabel('Dirección').fill(`http://127.0.0.1:${port}/cauce`);
    await page.getByLabel('Para qué es').fill('Mi receptor');
    await page.getByLabel('production.orderChanged').check();
    await page.getByRole('button', { name: 'Crear el webhook' }).click();
    const secret = await copied(page, 'secret');
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Ya lo guardé' }).click();
    await show(page, 'Guía');
    const receiver = await startReceiver(await save(page, 'receive-webhook.ts'), port, secret);

    // 6: a test; the receiver verifies it, and the log says so.
    await page.getByRole('button', { name: 'Abrir los webhooks' }).click();
    await page.getByText('Mi receptor').click();
    await page.getByRole('button', { name: 'Enviar una prueba' }).click();
    await page.getByText('Entregado').waitFor({ timeout: 20_000 });
    const tests = () => receiver.output().split('verified: webhook.test').length - 1;
    await eventually(() => tests() === 1);

    // And again by hand, with a rotated secret: both sign, so the receiver that has the old one goes on.
    await page.getByRole('button', { name: 'Rotar el secreto' }).click();
    await page
      .getByRole('group', { name: 'Rotar el secreto' })
      .getByRole('button', { name: 'Rotar el secreto' })
      .click();
    await copied(page, 'secret');
    await page.getByRole('button', { name: 'Ya lo guardé' }).click();
    const before = tests();
    await page.getByRole('button', { name: 'Enviar una prueba' }).click();
    await eventually(() => tests() > before, { timeoutMs: 20_000 });

    // What the key used is on the page a few seconds later, by the name of the operation.
    await page.keyboard.press('Escape');
    await show(page, 'Llaves');
    // The address follows a moment later; a reload before that would come back to where one was.
    await page.waitForURL(/view=keys/);
    await eventually(
      async () => {
        await page.reload();
        await page.getByText('Exportación nocturna').click();
        return (await page.getByRole('rowheader', { name: 'ExportProducts' }).count()) > 0;
      },
      { timeoutMs: 30_000 },
    );
    await page.context().close();
  }, 180_000);

  it('runs an example with their own rights, finds a field by what it means, and sees every REST address', async () => {
    const page = await product.open('gerente', '/developers?view=queries');
    await page.getByRole('button', { name: 'Ejecutar' }).click();
    expect(JSON.parse(await copied(page, 'answer'))).toMatchObject({ data: { companies: { edges: [{}] } } });
    await show(page, 'Esquema');
    await page.getByRole('searchbox').fill('rotateApiKey');
    await page.getByText('Gives an own key a new secret').first().waitFor();
    await show(page, 'REST');
    await page.getByText('/api/data/products', { exact: true }).waitFor();
    await page.context().close();
  });

  it('meets no barrier in any section, in either language, on a desk and on a phone', async () => {
    const look = async (locale: 'es' | 'en', width: number, scheme: 'light' | 'dark') => {
      const page = await product.open('gerente', '/developers', { width, scheme });
      for (const view of ['start', 'keys', 'webhooks', 'queries', 'rest', 'schema', 'changes']) {
        await page.goto(`${product.url}/${locale}/developers?view=${view}`);
        await page.getByRole('main').locator('h2').first().waitFor();
        await page.waitForTimeout(1_000);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBeLessThanOrEqual(0);
        expect(await violations(page), view).toEqual([]);
      }
      await page.context().close();
    };
    await Promise.all([look('es', 1440, 'light'), look('en', 390, 'dark')]);
  }, 120_000);

  it('with a password that somebody else chose is led to choose their own, and nowhere else before', async () => {
    const { pool } = product.platform;
    await pool.query(`UPDATE access.users SET password_changed_at = NULL WHERE email = 'calidad@cauce.example'`);
    const page = await product.signIn('calidad', '/production');
    await page.getByRole('heading', { name: 'Elige tu contraseña' }).waitFor();
    await page.getByLabel('Contraseña actual').fill(demoPassword);
    await page.getByLabel('Contraseña nueva').fill('un pozo, dos molinos');
    await page.getByLabel('Repite la nueva').fill('un pozo, tres molinos');
    await page.getByRole('button', { name: 'Cambiar y entrar' }).click();
    await page.getByText('Las dos no son iguales.').waitFor();
    await page.getByLabel('Repite la nueva').fill('un pozo, dos molinos');
    await page.getByRole('button', { name: 'Cambiar y entrar' }).click();
    await page.getByRole('main').getByRole('heading', { name: 'Producción', level: 1 }).waitFor();
    await page.context().close();
  });
});

/** Runs the receiver as the page says. */
async function startReceiver(file: string, port: number, secret: string) {
  expect(readFileSync(file, 'utf8')).toContain('timingSafeEqual');
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, PORT: String(port), CAUCE_WEBHOOK_SECRET: secret },
  });
  receivers.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += String(text);
    });
  }
  await eventually(() => output.includes('listening'));
  return { output: () => output };
}
