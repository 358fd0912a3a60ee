import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { can, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { findUpload } from '@cauce/shared/uploads/find-upload';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { credentialFromHeaders } from '../door/credential.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import { companyOf, storeUpload } from './store-upload.ts';

/** The largest file that is taken. */
export const maxUploadBytes = 20 * 1024 * 1024;

/**
 * `POST /uploads`: one file as `multipart/form-data`. Answers `201 { id, filename, size, sha256 }`; a mutation then names
 * the id. `GET /uploads/:id` gives the file back as it came, to who sent it and to who reaches its company.
 */
export async function registerUploads(app: FastifyInstance, viewers: ViewerResolver, deps: Deps): Promise<void> {
  await app.register(multipart, { limits: { fileSize: maxUploadBytes, files: 1, fields: 4, fieldSize: 1_024 } });
  app.post('/uploads', { bodyLimit: maxUploadBytes + 64 * 1024 }, async (request, reply) => {
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    if (viewer.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in to upload');
    if (!can(viewer, 'uploads:write')) throw new AppError('FORBIDDEN', 'You may not upload files');
    const companyId = companyOf(request, viewer);
    const stored = await storeUpload(deps, { request, viewer, companyId, mostBytes: maxUploadBytes });
    return reply.status(201).send(stored);
  });
  app.get<{ Params: { id: string } }>('/uploads/:id', async (request, reply) => {
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    if (viewer.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in to download');
    if (!can(viewer, 'uploads:write')) throw new AppError('FORBIDDEN', 'You may not read uploaded files');
    const upload = await uploadFor(deps, viewer, request.params.id);
    // Whatever is in it, it is kept by the browser and never shown as a page of ours.
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', upload.sizeBytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(upload.filename)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(createReadStream(upload.path));
  });
}

async function uploadFor(deps: Deps, viewer: Viewer, id: string) {
  try {
    const upload = await findUpload(deps, viewer, id);
    await access(upload.path);
    return upload;
  } catch (error) {
    throw new AppError('NOT_FOUND', 'The file was not found', { cause: error });
  }
}
