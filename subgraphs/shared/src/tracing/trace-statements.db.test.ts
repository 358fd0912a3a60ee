import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../db/create-database.ts';
import type { Database } from '../db/database.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { createTracing } from './create-tracing.ts';
import type { Tracing } from './tracing.ts';

interface Sent {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

const given = await testDatabase();
const sent: Sent[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    for (const { scopeSpans } of JSON.parse(body).resourceSpans) sent.push(...scopeSpans[0].spans);
    response.end('{}');
  });
});
let tracing: Tracing;
let database: Database;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  tracing = createTracing({ endpoint: `http://127.0.0.1:${port}`, serviceName: 'test' });
  // One connection: whoever comes second is given it by whoever is done with it.
  database = createDatabase({
    url: given.url,
    applicationName: 'cauce-traced',
    log: silentLog,
    maxConnections: 1,
    tracing,
  });
});
afterAll(async () => {
  await database.close();
  receiver.close();
});

describe('statements under tracing', () => {
  it('belong to who asked for them, also when they waited for a connection, and nobody else’s have a span', async () => {
    const { pool, client } = database;
    await pool.query("SELECT 'untraced'");
    const requests = Array.from({ length: 8 }, (_, index) =>
      tracing.inSpan(`request ${index}`, {}, async () => {
        await pool.query(`SELECT ${index} AS n FROM generate_series(1, $1)`, [index]);
        await client.outboxEvent.findMany({ where: { key: `k${index}` } });
        await client.$transaction(async (tx) => tx.outboxEvent.count());
        await pool.query('SELECT nonsense').catch(() => undefined);
      }),
    );
    await Promise.all(requests);
    await tracing.stop();
    for (let index = 0; index < 8; index += 1) {
      const request = sent.find(({ name }) => name === `request ${index}`);
      const statements = sent.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
      const texts = statements.map((span) => attribute(span, 'db.query.text'));
      expect(texts[0]).toBe('SELECT ? AS n FROM generate_series(?, $1)');
      expect(attribute(statements[0], 'db.response.returned_rows')).toBe(index);
      expect(texts).toContainEqual(expect.stringContaining('"platform"."outbox"'));
      expect(texts).toContain('BEGIN');
      expect(texts).toContain('COMMIT');
      expect(texts.at(-1)).toBe('SELECT nonsense');
      expect(attribute(statements.at(-1), 'error.type')).toBe('42703');
    }
    expect(JSON.stringify(sent)).not.toContain('untraced');
    expect(sent.filter(({ parentSpanId }) => parentSpanId === undefined || parentSpanId === '')).toHaveLength(8);
  });
});

function attribute(span: Sent | undefined, key: string): unknown {
  const value = span?.attributes.find((one) => one.key === key)?.value ?? {};
  return Object.values(value)[0];
}
