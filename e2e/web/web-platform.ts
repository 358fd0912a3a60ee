import { demoPassword } from '@cauce/prisma/seed/demo-people';
import { freePort } from '@cauce/shared/test/free-port';
import { type Browser, chromium, type Page } from 'playwright-core';
import { generateDocuments } from '../../scripts/generate.ts';
import { findProgram } from '../../scripts/processes/start-process.ts';
import { buildWeb, startWeb } from '../../scripts/start/web.ts';
import { startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';

export interface WebPlatform {
  readonly platform: TestPlatform;
  readonly browser: Browser;
  readonly url: string;
  /** A new browser profile, signed in as somebody of the demo and on the page asked for. */
  open(
    account: string,
    path: string,
    options?: { readonly width?: number; readonly scheme?: 'light' | 'dark' },
  ): Promise<Page>;
  stop(): Promise<void>;
}

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The whole product as a person meets it: platform, web app and a real browser. */
export async function startWebPlatform(
  seededUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<WebPlatform> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    await generateDocuments();
    await buildWeb();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const platform = await startTestPlatform({ seededUrl, env: { CORS_ORIGINS: url, ...env } }, 'in-process');
    stops.push(platform.stop);
    const gatewayPort = Number(new URL(platform.url).port);
    const web = await startWeb({ port, gatewayUrl: platform.url, gatewayPort, demoSignIns: [] });
    stops.push(web.stop);
    const browser = await chromium.launch({ executablePath: findProgram('chromium'), args: chromiumFlags });
    stops.push(() => browser.close());
    return {
      platform,
      browser,
      url,
      async open(account, path, { width = 1440, scheme = 'light' } = {}) {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          locale: 'es-CL',
          colorScheme: scheme,
        });
        const page = await context.newPage();
        await page.goto(`${url}/es/sign-in?next=${encodeURIComponent(path)}`);
        await page.getByLabel('Correo').fill(`${account}@cauce.example`);
        await page.getByLabel('Contraseña', { exact: true }).fill(demoPassword);
        await page.keyboard.press('Enter');
        await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'));
        return page;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
