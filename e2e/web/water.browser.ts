import { randomUUID } from 'node:crypto';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { signIn } from '../platform/graph-client.ts';
import { violations } from './axe.ts';
import { describedProvider, type ProviderService, startProvider } from './provider-service.ts';
import { joinWebPlatform, type WebPlatform } from './web-platform.ts';

const site = demoSites.plantaNorte.id;
const secret = `secreto-${randomUUID()}`;

let product: WebPlatform;
let provider: ProviderService;

beforeAll(async () => {
  provider = await startProvider();
  product = await joinWebPlatform('open');
  // The rules look once a minute: by the time that it is looked for, they have found it.
  await publishReading(product.platform.mqttUrl, 'NORTE-DREN-1', { flow: 7_000 });
}, 240_000);
afterAll(async () => {
  await product?.leave();
  provider?.stop();
}, 60_000);

describe('who runs the water of a company', () => {
  it('opens a point, zooms into its year, and sees what the device said beside what was made of it', async () => {
    const page = await product.open('agua', `/water/NORTE-POZO-1?${yearToNow()}`);
    const chart = page.getByRole('group', { name: /^Pozo 1 Planta Norte, Caudal/ });
    await chart.waitFor();
    await page.getByText('De dónde salen los m³').waitFor();
    expect(await violations(page)).toEqual([]);
    await chart.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('+');
    await page.waitForURL(/zoom=/);
    await page.keyboard.press('ArrowRight');
    await page
      .getByText(/^\d.*·\s\d+,\d\sL\/s/)
      .first()
      .waitFor();
    await page.goto(`${product.url}/es/water/NORTE-POZO-1?${lastWeek()}`);
    await chart.waitFor();
    await page.getByRole('button', { name: 'Lo que dijo el equipo' }).click();
    await page.getByText('canal pulses').waitFor();
    await page.getByRole('button', { name: 'Ver como tabla' }).first().click();
    await page.getByRole('columnheader', { name: 'Fecha y hora' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('has a point analysed, reads where it is going and how good its forecast is, also on a phone', async () => {
    const address = '/water/NORTE-POZO-1';
    const page = await product.open('agua', address);
    const panel = page.getByRole('region', { name: 'Tendencia y pronóstico' });
    await panel.getByRole('button', { name: 'Analizar ahora' }).click();
    await panel.getByText(/^Se probó en \d+ fechas anteriores|^Se muestra lo que hubo/).waitFor({ timeout: 30_000 });
    await panel.getByText(/En el último año el caudal/).waitFor();
    await panel.getByRole('group', { name: /^Tendencia y pronóstico: Pozo 1/ }).waitFor();
    await panel.getByRole('button', { name: '3 días' }).click();
    await panel.getByText('desde aquí, pronóstico').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
    const phone = await product.open('agua', address, { width: 390, scheme: 'dark' });
    await phone.getByText('Fuera de lo acostumbrado').first().waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
  }, 60_000);

  it('sees when a task ran and how it went, under an address of its own, also on a phone', async () => {
    const page = await product.open('agua', `/water?site=${site}&view=schedules`);
    await page.getByRole('button', { name: /^Vigilar las reglas/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Vigilar las reglas' });
    await sheet.getByText('Reloj').waitFor();
    await sheet.getByText(/^Últimas \d|^Todavía no ha corrido$/).waitFor();
    expect(await violations(page)).toEqual([]);
    const link = page.url().slice(`${product.url}/es`.length);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.context().close();
    const phone = await product.open('agua', link, { width: 390, scheme: 'dark' });
    await phone.getByRole('dialog', { name: 'Vigilar las reglas' }).getByText('Reloj').waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
  });

  it('finds the points on the map by keyboard, and the address keeps what is filtered', async () => {
    const page = await product.open('gerente', `/water?site=${site}&view=map`);
    await page.getByLabel('Buscar punto o sitio').fill('pozo 2');
    await page.waitForURL(/q=pozo/);
    await page.getByRole('button', { name: /^Pozo 2 Planta Norte/ }).press('Enter');
    await page.waitForURL(/at=/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: /Pozo 2 Planta Norte/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Pozo 2 Planta Norte' }).waitFor();
    await page.context().close();
  });

  it('reaches every section by its group on a phone, each within its width and readable by everybody', async () => {
    const page = await product.open('admin', `/water?site=${site}`, { width: 390, scheme: 'dark' });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const seen: string[] = [];
    for (const group of await namesIn(page, 'Secciones del agua')) {
      await sections(page, 'Secciones del agua').getByRole('button', { name: group }).click();
      for (const section of await namesIn(page, group)) {
        await sections(page, group).getByRole('button', { name: section }).click();
        await page.waitForLoadState('networkidle').catch(() => {});
        await page.waitForTimeout(400);
        seen.push(section);
        expect(await page.getByText('Algo falló').count(), section).toBe(0);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), section).toBeLessThanOrEqual(
          0,
        );
        expect(await violations(page), section).toEqual([]);
      }
    }
    expect(seen).toEqual(expect.arrayContaining(['Mapa', 'Esquemas', 'Reglas', 'Proveedores', 'Tareas', 'Simulador']));
    expect(faults).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('comes from an alert to its cause in one press, and says there that it was seen', async () => {
    const page = await product.open('agua', `/water?site=${site}`);
    const alerts = page.getByRole('region', { name: 'Alertas abiertas' });
    const raised = alerts.getByRole('listitem').filter({ hasText: 'Midió 7.000 L/s' });
    await raised.waitFor({ timeout: 60_000 });
    await raised.getByRole('link', { name: /^Ver qué pasó/ }).click();
    await page.waitForURL(/zoom=/);
    await page.getByRole('heading', { level: 1, name: 'Dren Planta Norte' }).waitFor();
    await raised.getByRole('button', { name: 'Marcar como vista' }).click();
    await page.getByLabel('Nota').fill('Va la cuadrilla');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Marcar como vista' }).click();
    await alerts.getByText(/^Vista por .*: Va la cuadrilla$/).waitFor();
    await page.context().close();
  });

  it('sets a provider up, is told at the field what is wrong, and tests it; its secret never comes back', async () => {
    const page = await product.open('agua', `/water?site=${site}&view=sources`);
    await page.getByRole('button', { name: 'Nuevo proveedor' }).click();
    await page.getByLabel('Servicio', { exact: true }).selectOption('HTTP_PULL');
    await page.getByLabel('Nombre', { exact: true }).fill('Cuenta de prueba');
    const description = page.getByLabel('Descripción (JSON)');
    await description.fill('{"url": "no es una dirección"}');
    await page.getByLabel('Secreto', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Revisa los campos marcados.').waitFor();
    expect(await description.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await description.fill(describedProvider(provider.url));
    await page.getByRole('button', { name: 'Agregar equipo' }).click();
    await page.getByLabel('Id del equipo').fill('d-1');
    await page.getByLabel('Canal', { exact: true }).fill('nivel');
    await page.getByLabel('Medida', { exact: true }).selectOption('LEVEL');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('button', { name: 'Probar ahora' }).click();
    await page.getByText('Todo responde como se espera.').waitFor();
    expect(provider.asked).toContain(`Bearer ${secret}`);
    provider.isSlow = true;
    await page.getByRole('button', { name: 'Probar otra vez' }).click();
    await page.getByText('preguntando…').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('region', { name: 'Prueba en vivo' }).getByRole('button', { name: 'Cancelar' }).click();
    await page.getByText('Cancelada: no se pregunta nada más.').waitFor();
    provider.isSlow = false;
    expect(await page.content()).not.toContain(secret);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('writes a schema, is told the column of a mistake as it is typed, and sees its groups at the point', async () => {
    const page = await product.open('agua', `/water?site=${site}&view=schemas`);
    await page.getByText('Descenso del nivel').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Nuevo esquema' }).click();
    await page.getByLabel('Nombre', { exact: true }).fill('Caudal por hora');
    await page.getByRole('button', { name: 'Agregar campo' }).click();
    await page.getByLabel('Nombre en español').fill('Metros cúbicos');
    await page.getByLabel('Nombre en las expresiones').last().fill('volume_by_flow');
    const expression = page.getByLabel('Expresión', { exact: true });
    await expression.fill('flow * 3.6 * horas');
    await page.getByText('Nada se llama horas. (columna 14)').waitFor();
    expect(await page.getByRole('button', { name: 'Guardar' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await expression.fill('');
    await expression.pressSequentially('flow * 3.6 * ho');
    await page.getByRole('button', { name: 'hours', exact: true }).click();
    expect(await expression.inputValue()).toBe('flow * 3.6 * hours');
    await page.getByRole('columnheader', { name: /Metros cúbicos/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Caudal por hora').waitFor();
    await page.goto(`${product.url}/es/water/NORTE-POZO-1?${lastWeek()}`);
    const choice = page.getByLabel('Esquema', { exact: true });
    await choice.selectOption({ label: 'Caudal por hora · 1 hora' });
    const table = page.getByRole('group', { name: 'Caudal por hora' });
    await table.getByRole('columnheader', { name: /Metros cúbicos/ }).waitFor();
    await table.getByRole('row').nth(2).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('reads a refused message again once its point is there', async () => {
    const code = `NUEVO-${randomUUID().slice(0, 6)}`;
    await publishReading(product.platform.mqttUrl, code, { level: 12.5 });
    const page = await product.open('admin', `/water?site=${site}&view=letters`);
    const letter = page.locator('details').filter({ hasText: code });
    await waitUntilThere(page, letter);
    await letter.locator('summary').click();
    await letter.getByText('"level": 12.5').waitFor();
    expect(await violations(page)).toEqual([]);
    await createPoint(code);
    await letter.getByRole('button', { name: 'Leer otra vez' }).click();
    await page.getByText('Se guardó 1 mensaje.').waitFor();
    await page.goto(`${product.url}/es/water/${code}`);
    await page.getByText('12,50').first().waitFor();
    await page.context().close();
  });

  it('starts the simulator, changes how a device behaves, and sees a reading come in', async () => {
    const page = await product.open('agua', `/water?site=${site}&view=simulator`);
    await page.getByRole('button', { name: 'Encender' }).click();
    await page.getByText('En marcha').waitFor();
    const device = page.getByRole('listitem').filter({ hasText: 'NORTE-POZO-1' });
    await device.getByLabel(/^Cómo se porta/).selectOption('DRIFT');
    await device.getByText('El nivel se va corriendo de a poco.').waitFor();
    await device.getByText(/^(ahora|hace \d+ s)$/).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Detener' }).click();
    await page.getByText('Detenido').waitFor();
    // A value that has just changed still fades in.
    await page.waitForTimeout(1_200);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('who answers for a company before its regulators', () => {
  it('registers a point, is told at the field what is wrong, and needs a second person to go live', async () => {
    const code = `REG-${randomUUID().slice(0, 6)}`;
    await createPoint(code);
    const page = await product.open('gerente', `/water?site=${site}&view=registrations`);
    await page.getByRole('button', { name: 'Registrar un punto' }).click();
    await page.getByLabel('Punto', { exact: true }).selectOption({ label: `Pozo nuevo (${code})` });
    await page.getByLabel('Estándar', { exact: true }).selectOption('MEDIO');
    const work = page.getByLabel('Código de obra');
    await work.fill('POZO');
    await page.getByLabel('RUT de la empresa').fill('11111111-1');
    await page.getByLabel('RUT del usuario').fill('22222222-2');
    await page.getByLabel('Clave', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('No está escrito como lo entrega la autoridad.').waitFor();
    expect(await work.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await work.fill('OB-0503-999');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('button', { name: 'Pedir envío en vivo' }).click();
    await page.getByRole('group', { name: 'Pedir envío en vivo' }).getByRole('button').last().click();
    await page.getByText('Lo pediste tú: debe aprobarlo otra persona.').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.content()).not.toContain(secret);
    const link = page.url();
    await page.context().close();
    const second = await product.open('admin', link.slice(product.url.length + '/es'.length));
    await second.getByRole('button', { name: 'Aprobar en vivo' }).click();
    await second.getByRole('group', { name: 'Aprobar en vivo' }).getByRole('button').last().click();
    await second.getByRole('dialog').getByText('Se envía a la autoridad.').waitFor();
    await second.context().close();
  });

  it('gives a regulator an account whose password is shown once, and ends it', async () => {
    const page = await product.open('gerente', `/water?site=${site}&view=registrations`, { width: 390 });
    const panel = page.getByRole('region', { name: 'Acceso de la autoridad' });
    await panel.getByRole('button', { name: 'Crear cuenta para la SMA' }).click();
    const made = panel.getByRole('region', { name: 'Cuenta nueva' });
    await made.waitFor();
    const password = (await made.locator('code').last().textContent()) ?? '';
    expect(password.length).toBeGreaterThan(20);
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await panel.getByText('sin uso todavía').waitFor();
    expect(await page.content()).not.toContain(password);
    await panel.getByRole('button', { name: 'Terminar' }).click();
    await panel.getByRole('group', { name: 'Terminar' }).getByRole('button').last().click();
    await panel.getByRole('button', { name: 'Crear cuenta para la SMA' }).waitFor();
    await page.context().close();
  });

  it('sees the values of a slot before sending it by hand, and cannot send them unseen', async () => {
    const page = await product.open('admin', `/water?view=compliance&slot=${await skippedSlot()}`);
    await page.getByRole('button', { name: 'Enviar ahora' }).click();
    const form = page.locator('form').filter({ has: page.getByRole('checkbox') });
    await form.getByText('Lo enviado no se puede deshacer.').waitFor();
    expect(await violations(page)).toEqual([]);
    const send = form.getByRole('button', { name: 'Enviar ahora' });
    expect(await send.isDisabled()).toBe(true);
    await form.getByText('Caudal').waitFor();
    await form.getByRole('checkbox').check();
    await send.click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByText('Omitido').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('records that a meter was replaced, is told at the field what is wrong, and takes it back', async () => {
    const page = await product.open('agua', '/water/NORTE-POZO-2');
    await page.getByRole('button', { name: 'Anotar un cambio de medidor' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Cuándo se cambió').fill('2099-01-01T10:00');
    await form.getByLabel('Última lectura del antiguo, m³').fill('120934,5');
    await form.getByLabel('Primera lectura del nuevo, m³').fill('0');
    await form.getByLabel('Número de serie del nuevo').fill('SN-77');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'Anotar' }).click();
    await form.getByText('Todavía no llega ese momento.').waitFor();
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('Cuándo se cambió').fill(`${day(2)}T10:00`);
    await form.getByRole('button', { name: 'Anotar' }).click();
    await page.getByText('Medidor SN-77').waitFor();
    await page.getByText(/el anterior terminó en 120.934,5.m³/).waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('group', { name: 'Deshacer' }).getByRole('button').last().click();
    await page.getByText('Medidor SN-77').waitFor({ state: 'detached' });
    await page.context().close();
  });
});

const sections = (page: Page, name: string) => page.getByRole('navigation', { name, exact: true });

/** What the sections of a bar are called, without what waits there; none where a group has no bar of its own. */
async function namesIn(page: Page, name: string): Promise<readonly string[]> {
  await page.getByRole('navigation', { name: 'Secciones del agua' }).waitFor();
  const names = await sections(page, name).getByRole('button').allTextContents();
  return names.map((text) => text.replace(/ \d.*/, ''));
}

async function waitUntilThere(page: Page, letter: ReturnType<Page['locator']>): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if ((await letter.count()) > 0) return;
    await page.getByRole('button', { name: 'Actualizar' }).click();
    await page.waitForTimeout(300);
  }
  throw new Error('The refused message is not in the list');
}

/** A slot that was never sent, of a point that is reported for real and has readings for it. */
async function skippedSlot(): Promise<string> {
  const admin = await signIn(product.platform, 'admin');
  const { data } = await admin.ask(
    '{ complianceSubmissions(first: 1, filter: { statuses: [SKIPPED] }) { edges { node { id } } } }',
  );
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
  if (id === undefined) throw new Error('The demo has no slot that was skipped');
  return id;
}

async function createPoint(code: string): Promise<void> {
  const admin = await signIn(product.platform, 'admin');
  const { data } = await admin.ask(
    `mutation ($input: CreateCatchmentPointInput!) { createCatchmentPoint(input: $input) { __typename } }`,
    {
      input: {
        ...{ code, name: 'Pozo nuevo', type: 'WELL', siteId: site, companyId: demoSites.plantaNorte.companyId },
        variables: [{ variable: 'LEVEL' }],
      },
    },
  );
  expect(data).toEqual({ createCatchmentPoint: { __typename: 'CatchmentPoint' } });
}

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const yearToNow = () => `from=${day(364)}&to=${day(0)}`;
const lastWeek = () => `from=${day(6)}&to=${day(0)}`;
