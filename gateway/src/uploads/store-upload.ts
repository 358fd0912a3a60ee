import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Storing {
  readonly request: FastifyRequest;
  readonly viewer: Viewer;
  readonly companyId: string;
  readonly mostBytes: number;
  /** How the names of files that are taken end; any when left out. */
  readonly endings?: readonly string[];
}

/**
 * Keeps the one file of a multipart request, streamed to disk while it is hashed and measured, so memory stays flat.
 * Nothing is left of one that is refused. @throws AppError
 */
export async function storeUpload(
  { db, settings }: Pick<Deps, 'db' | 'settings'>,
  { request, viewer, companyId, mostBytes, endings }: Storing,
): Promise<StoredFile> {
  const file = await fileOf(request, mostBytes);
  if (endings?.some((ending) => file.filename.toLowerCase().endsWith(ending)) === false) {
    throw new AppError('BAD_REQUEST', `The name of the file must end with ${endings.join(' or ')}`);
  }
  const id = randomUUID();
  const folder = join(settings.dataDir, 'uploads');
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
    if (file.file.truncated) throw new AppError('PAYLOAD_TOO_LARGE', `A file may have ${mostBytes} bytes`);
    const sha256 = hash.digest('hex');
    await rename(partial, storagePath);
    await db.client.upload.create({
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
    return { id, filename: file.filename, size, sha256 };
  } catch (error) {
    // A file without its row would never be found again.
    await Promise.all([rm(partial, { force: true }), rm(storagePath, { force: true })]);
    throw error;
  }
}

async function fileOf(request: FastifyRequest, mostBytes: number) {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data');
  const file = await request.file({ limits: { fileSize: mostBytes } });
  if (file === undefined) throw new AppError('BAD_REQUEST', 'The request holds no file');
  return file;
}

/** The company the file is for: named in the query string, or the only one that the viewer reaches. @throws AppError */
export function companyOf(request: FastifyRequest, viewer: Viewer): string {
  const named = (request.query as Readonly<Record<string, unknown>>).companyId;
  if (typeof named === 'string' && z.uuid().safeParse(named).success) {
    if (!reaches(viewer.companyIds, named)) throw new AppError('NOT_FOUND', 'Company was not found');
    return named;
  }
  const only = viewer.companyIds === 'all' || viewer.companyIds.length !== 1 ? undefined : viewer.companyIds[0];
  const [path] = request.url.split('?', 1);
  if (only === undefined) throw new AppError('BAD_USER_INPUT', `Name the company: POST ${path}?companyId=…`);
  return only;
}
