import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { freePort } from '@cauce/shared/test/free-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWeb } from '../../scripts/start/web.ts';
import { publishReading } from '../live-reading/publish-reading.ts';
import { violations } from './axe.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id);
if (point === undefined) throw new Error('The demo has no point at Planta Norte');
const atPlantaNorte = `?site=${demoSites.plantaNorte.id}`;

/** Text, because the test's own types know no browser. */
const navigations = "performance.getEntriesByType('navigation').length";

interface Sent {
  readonly query?: string;
  readonly operationName?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

let product: WebPlatform;

beforeAll(async () => {
  product = await joinWebPlatform('closed');
}, 240_000);
afterAll(async () => product?.leave(), 60_000);

describe('a person in a browser', () => {
  it('signs in, and sees a reading published by an MQTT client change the page within a second, without reload', async () => {
    const page = await product.signIn('agua', `/water${atPlantaNorte}`);
    const row = page.getByRole('row').filter({ hasText: point.name });
    await row.waitFor();
    await page.getByText('En vivo').first().waitFor();
    // The stream opens behind the page; a value that is sent before nobody would hear.
    await page.waitForTimeout(1_500);
    const loads = await page.evaluate(navigations);
    const startedMs = performance.now();
    await publishReading(product.platform.mqttUrl, point.code, { level: 27.7 });
    await row.getByText('27,7').waitFor({ timeout: 5_000 });
    const tookMs = performance.now() - startedMs;
    console.log(`publish → visible in the page: ${tookMs.toFixed(0)} ms`);
    expect(tookMs).toBeLessThan(1_000);
    expect(await page.evaluate(navigations)).toBe(loads);
    await page.context().close();
  });

  it('is told that the password is wrong, and keeps what was typed', async () => {
    const page = await (await product.browser.newContext({ locale: 'es-CL' })).newPage();
    await page.goto(`${product.url}/es/sign-in`);
    await page.getByLabel('Correo').fill('gerente@cauce.example');
    await page.getByLabel('Contraseña', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('El correo o la contraseña no coinciden.').waitFor();
    expect(await page.getByLabel('Correo').inputValue()).toBe('gerente@cauce.example');
    await page.context().close();
  });

  it.each([
    '/',
    '/production',
    '/inventory',
    '/inventory/products',
    '/inventory/replenishment',
    '/clinics',
    '/water',
    '/finance',
    '/developers',
  ])(
    'finds numbers and no fault on %s, on a desk and on a phone, in both schemes',
    async (path) => {
      const look = async (width: number, scheme: 'light' | 'dark') => {
        const page = await product.open('gerente', `${path}${atPlantaNorte}`, { width, scheme });
        const faults: string[] = [];
        page.on('pageerror', (error) => faults.push(error.message));
        await page.waitForLoadState('networkidle').catch(() => {});
        await page.getByRole('main').locator('h1').first().waitFor();
        await page.getByRole('main').filter({ hasText: /\d/ }).waitFor();
        await page.waitForTimeout(800);
        expect(await page.getByText('Algo falló').count()).toBe(0);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        expect(await violations(page)).toEqual([]);
        expect(faults).toEqual([]);
        await page.context().close();
      };
      await Promise.all([look(1440, 'light'), look(390, 'dark')]);
    },
    90_000,
  );

  it('reads, changes something and listens, and no operation is sent but by its hash', async () => {
    const page = await product.open('gerente', '/developers');
    const sent: Sent[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/graphql')) sent.push(request.postDataJSON());
    });
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const { type, payload: operation } = JSON.parse(String(payload));
        if (type === 'subscribe') sent.push(operation);
      }),
    );
    await page.getByRole('button', { name: 'Crear una llave' }).click();
    await page.getByRole('button', { name: 'Nueva llave' }).click();
    await page.getByLabel('Nombre').fill('Por su hash');
    await page.getByRole('button', { name: 'Crear la llave' }).click();
    await page.getByRole('button', { name: 'Ya la guardé' }).click();
    await page.getByText('Por su hash').waitFor();
    await page.goto(`${product.url}/es/water${atPlantaNorte}`);
    await page.getByText('En vivo').first().waitFor();
    const names = sent.map(({ operationName }) => operationName);
    expect(names).toContain('CreateApiKey');
    expect(names).toContain('LatestMeasurementsChanged');
    expect(sent.filter(({ query = '' }) => query !== '')).toEqual([]);
    for (const { extensions } of sent) expect(extensions?.persistedQuery?.sha256Hash).toMatch(/^[\da-f]{64}$/);
    await page.context().close();
  });

  it('names who is told and of what, tries it out, and finds the message kept in the log', async () => {
    const page = await product.open('agua', `/water${atPlantaNorte}`);
    await page.getByRole('navigation', { name: 'Secciones del agua' }).getByRole('button', { name: 'Alertas' }).click();
    await page.getByRole('navigation', { name: 'Alertas' }).getByRole('button', { name: 'Avisos' }).click();
    await page.getByRole('button', { name: 'Nuevo destinatario' }).click();
    await page.getByLabel('Nombre').fill('Turno de noche');
    await page.getByLabel('Correo').fill('turno@ribera.example');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('button', { name: /^Turno de noche/ }).waitFor();
    await page.getByRole('button', { name: 'Nuevo aviso' }).click();
    await page.getByLabel('Nombre').fill('Todo lo grave');
    await page.getByLabel('Turno de noche').check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('button', { name: /^Todo lo grave/ }).waitFor();
    await page.getByRole('button', { name: /^Turno de noche/ }).click();
    await page.getByRole('button', { name: 'Probar el correo' }).click();
    // The new rule may tell of an alert meanwhile; only the test is meant.
    const told = page.locator('details').filter({ hasText: 'Prueba de avisos' });
    await told.getByText('Guardado aquí').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Actualizar' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('of the other company finds no place, number or name of this one', async () => {
    const page = await product.open('quillay', `/${atPlantaNorte}`);
    await page.getByRole('main').locator('h1').first().waitFor();
    await page.waitForTimeout(1_500);
    const text = await page.evaluate('document.body.innerText');
    expect(text).toContain('Quillay');
    expect(text).not.toMatch(/Ribera|Planta Norte/);
    await page.context().close();
  });

  it('who signs out cannot come back with the back button, nor with the old cookie', async () => {
    const page = await product.open('gerente', '/production');
    await page.getByRole('main').locator('h1').first().waitFor();
    const before = await page.context().cookies();
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await page.context().addCookies(before);
    const status = await page.evaluate(async () => (await fetch('/api/session', { method: 'PUT' })).status);
    expect(status).toBe(401);
    await page.context().close();
  });
});

describe('what a site owes its regulators', () => {
  const open = () => product.open('gerente', `/water${atPlantaNorte}&view=compliance`);

  it('is settled by a person with a reason, saved as a file, and its voucher shown to who has no account', async () => {
    const page = await open();
    await page.getByText('Calendario de envíos').waitFor();
    expect(await violations(page)).toEqual([]);
    await page
      .getByRole('region', { name: 'Por revisar' })
      .getByRole('button', { name: 'En revisión' })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolver' }).click();
    const form = page.getByRole('dialog').last();
    await form.getByLabel('Decisión').selectOption('DISMISSED');
    await form.getByLabel('Motivo').fill('Se informó por el formulario');
    await form.getByRole('button', { name: 'Resolver' }).click();
    await page.getByText('No enviarlo. Se informó por el formulario').waitFor();
    await page.keyboard.press('Escape');

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exportar el mes como CSV' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^cauce-20\d\d-\d\d\.csv$/);

    await page
      .getByRole('article', { name: point.name })
      .getByRole('button', { name: /Al día|En curso/ })
      .last()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Verificado|Enviado/ })
      .first()
      .click();
    const sheet = page.getByRole('dialog').last();
    await sheet.getByRole('button', { name: 'Compartir comprobante' }).click();
    const link = (await sheet.getByText(/\/es\/voucher\//).textContent()) ?? '';
    const stranger = await (await product.browser.newContext({ locale: 'es-CL' })).newPage();
    const answer = await stranger.goto(link);
    expect(await answer?.headerValue('referrer-policy')).toBe('no-referrer');
    expect(await answer?.headerValue('x-robots-tag')).toContain('noindex');
    await stranger
      .getByText(/Aceptado/)
      .first()
      .waitFor();
    expect(await stranger.getByRole('main').textContent()).not.toContain(point.name);
    expect(await violations(stranger)).toEqual([]);
    await sheet.getByRole('button', { name: 'Terminar el enlace' }).click();
    await sheet.getByRole('button', { name: 'Terminar el enlace' }).last().click();
    await sheet.getByText('Un enlace público que muestra solo este comprobante').waitFor();
    expect((await stranger.goto(link))?.status()).toBe(404);
    await stranger.getByRole('heading', { name: 'Este enlace ya no muestra nada' }).waitFor();
    expect(await violations(stranger)).toEqual([]);
    await stranger.setViewportSize({ width: 390, height: 844 });
    expect(await stranger.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await stranger.context().close();
    await page.context().close();
  });

  it('is told to who has a voucher’s link while the platform does not answer: the voucher is safe, and try again', async () => {
    // A web server of its own, whose gateway nobody listens for.
    const [port, nobody] = [await freePort(), await freePort()];
    const gateway = { gatewayUrl: `http://127.0.0.1:${nobody}`, gatewayPort: nobody };
    const web = await startWeb({ port, ...gateway, demoSignIns: [] });
    const stranger = await (await product.browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    try {
      await stranger.goto(`${web.url}/es/voucher/${'a'.repeat(43)}`);
      await stranger.getByRole('heading', { name: 'No se pudo leer el comprobante' }).waitFor();
      await stranger.getByText('El comprobante está guardado; el enlace sigue sirviendo.').waitFor();
      expect(await violations(stranger)).toEqual([]);
      expect(await stranger.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await stranger.getByRole('link', { name: 'Intentar otra vez' }).click();
      await stranger.getByRole('heading', { name: 'No se pudo leer el comprobante' }).waitFor();
    } finally {
      await stranger.context().close();
      await web.stop();
    }
  });
});
