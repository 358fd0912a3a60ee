import { join } from 'node:path';
import { reaches, type Viewer } from '../auth/viewer.ts';
import { NotFound } from '../errors/outcomes.ts';
import type { Deps } from '../subgraph/deps.ts';

/** A file that was uploaded, for a job to read. */
export interface StoredUpload {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Hex; equal for equal files. */
  readonly sha256: string;
  readonly companyId: string | null;
  readonly siteId: string | null;
  /** Absolute path of the file. */
  readonly path: string;
}

/** The upload if the viewer may use it: who uploaded it, or reaches its company. Throws `NotFound` otherwise. */
export async function findUpload(
  deps: Pick<Deps, 'db' | 'settings'>,
  viewer: Viewer,
  uploadId: string,
): Promise<StoredUpload> {
  const row = uuid.test(uploadId) ? await deps.db.client.upload.findUnique({ where: { id: uploadId } }) : null;
  const isOwn = row !== null && viewer.userId !== null && row.uploadedBy === viewer.userId;
  const isReached = row?.companyId != null && reaches(viewer.companyIds, row.companyId);
  if (row === null || !(isOwn || isReached || viewer.kind === 'system')) throw new NotFound('Upload');
  return {
    id: row.id,
    filename: row.filename,
    contentType: row.contentType,
    sizeBytes: Number(row.sizeBytes),
    sha256: row.sha256,
    companyId: row.companyId,
    siteId: row.siteId,
    path: join(deps.settings.dataDir, 'uploads', row.storagePath),
  };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
