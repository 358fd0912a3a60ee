import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { freePort } from '@cauce/shared/test/free-port';
import { generateDocuments } from '../../scripts/generate.ts';
import { buildWeb, startWeb } from '../../scripts/start/web.ts';
import { describePlatform, type SharedPlatform } from '../platform/shared-platform.ts';
import { startTestPlatform } from '../platform/start-platform.ts';

/** The whole products that browser tests share, each with its settings. */
const settings = {
  /** Where nothing but the app's own operations is answered. */
  closed: { CAUCE_TRUSTED_DOCUMENTS: 'only' },
  /** The demo as newcomers start it, where anybody may ask anything; its simulated devices speak often. */
  open: { CAUCE_MODE: 'demo', TELEMETRY_SIMULATOR_SECONDS: '2' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type SharedProduct = keyof typeof settings;

/** What a test must know of a product to meet it in a browser. */
export interface ProductDoors {
  readonly platform: SharedPlatform;
  /** The web app, without a path. */
  readonly url: string;
}

export interface WebKeeper {
  /** Answers at `/<product>` with its doors, and starts it when it is asked for it the first time. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the web app and keeps the products that several test files share: what none asks for is not started. */
export async function startWebKeeper(seededUrl: string): Promise<WebKeeper> {
  await generateDocuments();
  await buildWeb();
  const stops: (() => Promise<void>)[] = [];
  const kept = new Map<SharedProduct, Promise<ProductDoors>>();
  const productOf = (name: SharedProduct): Promise<ProductDoors> => {
    const product = kept.get(name) ?? start(seededUrl, settings[name], stops);
    kept.set(name, product);
    return product;
  };
  const server = createServer((request, response) => {
    const name = request.url === '/closed' ? 'closed' : 'open';
    productOf(name).then(
      (doors) => response.end(JSON.stringify(doors)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.allSettled(kept.values());
      for (const end of stops.splice(0).reverse()) await end();
    },
  };
}

async function start(
  seededUrl: string,
  env: Readonly<Record<string, string>>,
  stops: (() => Promise<void>)[],
): Promise<ProductDoors> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const platform = await startTestPlatform({ seededUrl, env: { CORS_ORIGINS: url, ...env } }, 'in-process');
  stops.push(platform.stop);
  const gatewayPort = Number(new URL(platform.url).port);
  const web = await startWeb({ port, gatewayUrl: platform.url, gatewayPort, demoSignIns: [] });
  stops.push(web.stop);
  return { platform: describePlatform(platform, subgraphNames), url };
}
