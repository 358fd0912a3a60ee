import { createHash, randomBytes } from 'node:crypto';
import { demoCompanies } from '@cauce/prisma/seed/demo-places';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

const platform = joinPlatform();
let planner: GraphClient;

beforeAll(async () => {
  planner = await signIn(platform, 'compras');
});

async function upload(client: GraphClient, bytes: Uint8Array<ArrayBuffer>, filename: string, query = '') {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'text/csv' }), filename);
  const response = await fetch(`${platform.url}/uploads${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.accessToken}` },
    body: form,
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

const stored = async () =>
  (
    await platform.pool.query(
      'SELECT id, filename, size_bytes::int AS size, sha256, company_id FROM platform.uploads ORDER BY id',
    )
  ).rows;

describe('a file that is sent', () => {
  it('is stored whole, with its size and hash, for the company of who sent it', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { status, body } = await upload(planner, new Uint8Array(bytes), 'ventas julio.csv');
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(String), filename: 'ventas julio.csv', size: bytes.length, sha256 });
    expect(await stored()).toContainEqual({
      id: Reflect.get(Object(body), 'id'),
      filename: 'ventas julio.csv',
      size: bytes.length,
      sha256,
      company_id: demoCompanies.ribera.id,
    });
  });

  it('keeps its name as text, whatever path it pretends to be', async () => {
    const { status, body } = await upload(planner, new Uint8Array([1]), '../../../etc/passwd');
    expect(status).toBe(201);
    expect(Reflect.get(Object(body), 'filename')).not.toContain('/');
  });

  it('is taken when it is empty or exactly as large as may be', async () => {
    expect((await upload(planner, new Uint8Array(0), 'empty.csv')).status).toBe(201);
    expect((await upload(planner, new Uint8Array(20 * 1024 * 1024), 'largest.bin')).body).toMatchObject({
      size: 20 * 1024 * 1024,
    });
  });
});

describe('a file that may not be sent', () => {
  it('leaves no row: without the permission, for another company, or too large', async () => {
    const before = await stored();
    const reader = await signIn(platform, 'pozos');
    expect(await upload(reader, new Uint8Array([1]), 'x.csv')).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    });
    expect(await upload(planner, new Uint8Array([1]), 'x.csv', `?companyId=${demoCompanies.quillay.id}`)).toMatchObject(
      { status: 404 },
    );
    expect(await upload(planner, new Uint8Array(20 * 1024 * 1024 + 1), 'x.bin')).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
    });
    expect(await stored()).toEqual(before);
  });

  it('needs its company named by who reaches several', async () => {
    const admin = await signIn(platform, 'admin');
    expect(await upload(admin, new Uint8Array([1]), 'x.csv')).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(await upload(admin, new Uint8Array([1]), 'x.csv', `?companyId=${demoCompanies.quillay.id}`)).toMatchObject({
      status: 201,
    });
  });
});
