import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { can, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Deps } from '@cauce/shared/subgraph/deps';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { credentialFromHeaders } from '../door/credential.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';

/** The largest file that is taken. */
export const maxUploadBytes = 20 * 1024 * 1024;

/**
 * `POST /uploads`: one file as `multipart/form-data`, streamed to disk while it is hashed and measured, so memory
 * stays flat. Answers `201 { id, filename, size, sha256 }`; a mutation then names the id.
 */
export async function registerUploads(app: FastifyInstance, viewers: ViewerResolver, deps: Deps): Promise<void> {
  await app.register(multipart, { limits: { fileSize: maxUploadBytes, files: 1, fields: 4, fieldSize: 1_024 } });
  app.post('/uploads', { bodyLimit: maxUploadBytes + 64 * 1024 }, async (request, reply) => {
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    if (viewer.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in to upload');
    if (!can(viewer, 'uploads:write')) throw new AppError('FORBIDDEN', 'You may not upload files');
    const companyId = companyOf(request, viewer);
    const file = await fileOf(request);
    const id = randomUUID();
    const folder = join(deps.settings.dataDir, 'uploads');
    const partial = join(folder, `${id}.partial`);
    const storagePath = join(folder, id);
    await mkdir(folder, { recursive: true });
    try {
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          hash.update(chunk);
          done(null, chunk);
        },
      });
      await pipeline(file.file, measure, createWriteStream(partial, { flags: 'wx' }));
      if (file.file.truncated) throw new AppError('PAYLOAD_TOO_LARGE', `A file may have ${maxUploadBytes} bytes`);
      const sha256 = hash.digest('hex');
      await rename(partial, storagePath);
      await deps.db.client.upload.create({
        data: {
          id,
          filename: file.filename.slice(0, 255),
          contentType: file.mimetype.slice(0, 255),
          sizeBytes: size,
          sha256,
          storagePath: id,
          uploadedBy: viewer.userId ?? viewer.id,
          companyId,
        },
      });
      return reply.status(201).send({ id, filename: file.filename, size, sha256 });
    } catch (error) {
      // A file without its row would never be found again.
      await Promise.all([rm(partial, { force: true }), rm(storagePath, { force: true })]);
      throw error;
    }
  });
}

async function fileOf(request: FastifyRequest) {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data');
  const file = await request.file();
  if (file === undefined) throw new AppError('BAD_REQUEST', 'The request holds no file');
  return file;
}

/** The company the file is for: named in the query string, or the only one that the viewer reaches. */
function companyOf(request: FastifyRequest, viewer: Viewer): string {
  const named = (request.query as Readonly<Record<string, unknown>>).companyId;
  if (typeof named === 'string' && z.uuid().safeParse(named).success) {
    if (!reaches(viewer.companyIds, named)) throw new AppError('NOT_FOUND', 'Company was not found');
    return named;
  }
  const only = viewer.companyIds === 'all' || viewer.companyIds.length !== 1 ? undefined : viewer.companyIds[0];
  if (only === undefined) throw new AppError('BAD_USER_INPUT', 'Name the company: POST /uploads?companyId=…');
  return only;
}
