import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '../auth/viewer.ts';
import { NotFound } from '../errors/outcomes.ts';
import { testDatabase } from '../test/test-database.ts';
import { testDeps } from '../test/test-deps.ts';
import { testOutsider, testViewer } from '../test/viewers.ts';
import { findUpload } from './find-upload.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const companyId = randomUUID();
const uploader = testViewer();

async function upload(company: string | null): Promise<string> {
  const row = await db.client.upload.create({
    data: {
      ...{ filename: 'ventas.xlsx', sizeBytes: 12n, sha256: 'a'.repeat(64), contentType: 'application/octet-stream' },
      ...{ storagePath: randomUUID(), uploadedBy: uploader.userId ?? '', companyId: company },
    },
  });
  return row.id;
}

const find = (viewer: Viewer, id: string) => findUpload(deps, viewer, id);

describe('findUpload', () => {
  it('finds a file for who uploaded it, for who reaches its company, and for jobs', async () => {
    const id = await upload(companyId);
    for (const viewer of [uploader, testViewer({ companyIds: [companyId] }), systemViewer('import')]) {
      const found = await find(viewer, id);
      expect(found).toMatchObject({ id, filename: 'ventas.xlsx', sizeBytes: 12, companyId });
      expect(found.path.startsWith(join(deps.settings.dataDir, 'uploads'))).toBe(true);
    }
  });

  it('does not say to anybody else that there is such a file', async () => {
    const ofCompany = await upload(companyId);
    const ofNobody = await upload(null);
    for (const id of [ofCompany, ofNobody, randomUUID(), 'no-uuid', "'; --"]) {
      await expect(find(testOutsider(), id)).rejects.toThrow(NotFound);
    }
  });
});
