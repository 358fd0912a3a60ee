import { demoPassword } from '@cauce/prisma/seed/demo-people';
import { type Browser, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { findProgram } from '../../scripts/processes/start-process.ts';
import { openDoors } from '../platform/shared-platform.ts';
import type { PlatformDoors } from '../platform/start-platform.ts';
import type { ProductDoors, SharedProduct } from './web-keeper.ts';

export interface WebPlatform {
  readonly platform: PlatformDoors;
  readonly browser: Browser;
  readonly url: string;
  /** A new browser profile of somebody of the demo who has signed in before, on the page asked for. */
  open(account: string, path: string, options?: ProfileOptions): Promise<Page>;
  /** The same by hand: types address and password on the sign-in page, and is led on from there. */
  signIn(account: string, path: string, options?: ProfileOptions): Promise<Page>;
  /** Closes the browser; the platform is there for others. */
  leave(): Promise<void>;
}

export interface ProfileOptions {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
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

/**
 * The whole product as a person meets it: platform, web app and a real browser. Platform and web app are shared with
 * other files, so a test that joins minds no rows of theirs, and what it changes is its own or nobody else's matter.
 */
export async function joinWebPlatform(name: SharedProduct): Promise<WebPlatform> {
  const response = await fetch(`${inject('webKeeperUrl')}/${name}`);
  if (!response.ok) throw new Error(`The product does not start: ${await response.text()}`);
  const { url, platform: shared }: ProductDoors = JSON.parse(await response.text());
  const platform = openDoors(shared);
  const browser = await chromium.launch({ executablePath: findProgram('chromium'), args: chromiumFlags });
  const newPage = async ({ width = 1440, scheme = 'light' }: ProfileOptions): Promise<Page> => {
    const viewport = { width, height: 900 };
    return (await browser.newContext({ viewport, locale: 'es-CL', colorScheme: scheme })).newPage();
  };
  return {
    platform,
    browser,
    url,
    async open(account, path, options = {}) {
      const page = await newPage(options);
      const data = { email: `${account}@cauce.example`, password: demoPassword };
      const session = await page.request.post(`${url}/api/session`, { data, headers: { origin: url } });
      if (!session.ok()) throw new Error(`${account} could not sign in: ${await session.text()}`);
      await page.goto(`${url}/es${path}`);
      return page;
    },
    async signIn(account, path, options = {}) {
      const page = await newPage(options);
      await page.goto(`${url}/es/sign-in?next=${encodeURIComponent(path)}`);
      await page.getByLabel('Correo').fill(`${account}@cauce.example`);
      await page.getByLabel('Contraseña', { exact: true }).fill(demoPassword);
      await page.keyboard.press('Enter');
      await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'));
      return page;
    },
    async leave() {
      await browser.close();
      await platform.pool.end();
    },
  };
}
