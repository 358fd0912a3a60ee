import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database } from '@cauce/shared/db/database';
import { testViewer } from '@cauce/shared/test/viewers';
import type { InventoryWorld, Place } from '../../test-support/inventory-world.ts';

/** Who reaches these places and nothing else. */
export const viewerOf = (...places: readonly Place[]): Viewer =>
  testViewer({ companyIds: places.map(({ companyId }) => companyId), siteIds: places.map(({ siteId }) => siteId) });

interface SentImport {
  readonly id: string;
  readonly uploadId: string;
}

const shown = `id uploadId status kind problem plan rowsRead rowsCreated rowsUpdated rowsRefused
  rows { line status sku previousQuantity problems { column heading code value message { es } } }`;
const notFound = '... on NotFound { entity }';
const conflict = '... on Conflict { reason }';
const moving = ['UPLOADED', 'PARSING', 'COMMITTING', 'UNDOING'];

/** Asks the subgraph for imports the way a page does, and waits for its jobs. */
export function importQuestions(world: InventoryWorld, db: Database) {
  async function ask(viewer: Viewer, query: string, variables: Record<string, unknown> = {}) {
    const { data, errors } = await world.ask(query, viewer, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return JSON.parse(JSON.stringify(data));
  }
  async function upload(viewer: Viewer, companyId: string, bytes: Buffer): Promise<string> {
    const storagePath = randomUUID();
    const folder = join(world.deps.settings.dataDir, 'uploads');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, storagePath), bytes);
    const { id } = await db.client.upload.create({
      data: {
        ...{ filename: 'stock.xlsx', sizeBytes: bytes.length, sha256: 'a'.repeat(64), contentType: 'x', storagePath },
        ...{ uploadedBy: viewer.userId ?? '', companyId },
      },
    });
    return id;
  }
  const read = async (viewer: Viewer, uploadId: string) =>
    (await ask(viewer, `query ($id: ID!) { upload(id: $id) { ${shown} } }`, { id: uploadId })).upload;
  /** Asks until the job has done its part. */
  async function settled(viewer: Viewer, uploadId: string) {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = await read(viewer, uploadId);
      if (!moving.includes(found.status)) return found;
      await wait(100);
    }
    throw new Error('The import did not end');
  }
  /** Asks for a step and does not wait for it. */
  const begin = async (viewer: Viewer, mutation: string, id: string, variables: Record<string, unknown> = {}) => {
    const types = Object.keys(variables).map((name) => `, $${name}: ${variableTypes[name]}`);
    const given = Object.keys(variables).map((name) => `, ${name}: $${name}`);
    const text = `mutation ($id: ID!${types.join('')}) { done: ${mutation}(importId: $id${given.join('')}) { ${fieldsOf(mutation)} } }`;
    return (await ask(viewer, text, { id, ...variables })).done;
  };
  const step = async (viewer: Viewer, mutation: string, file: SentImport, variables: Record<string, unknown> = {}) => {
    const done = await begin(viewer, mutation, file.id, variables);
    return done.status === undefined ? done : settled(viewer, file.uploadId);
  };
  async function start(viewer: Viewer, companyId: string, bytes: Buffer, siteId: string | null = null) {
    const uploadId = await upload(viewer, companyId, bytes);
    const { importSpreadsheet } = await ask(
      viewer,
      `mutation ($id: ID!, $siteId: ID) { importSpreadsheet(uploadId: $id, siteId: $siteId) { ${fieldsOf('importSpreadsheet')} } }`,
      { id: uploadId, siteId },
    );
    return importSpreadsheet;
  }
  return {
    ...{ ask, upload, read, settled, begin, start },
    async preview(viewer: Viewer, companyId: string, bytes: Buffer, siteId: string | null = null) {
      const { uploadId } = await start(viewer, companyId, bytes, siteId);
      return settled(viewer, uploadId);
    },
    again: (viewer: Viewer, file: SentImport, variables: Record<string, unknown> = {}) =>
      step(viewer, 'readSpreadsheetAgain', file, variables),
    discard: (viewer: Viewer, file: SentImport) => step(viewer, 'discardSpreadsheet', file),
    commit: (viewer: Viewer, file: SentImport & { readonly plan?: string }) =>
      step(viewer, 'commitSpreadsheet', file, { skipRefused: true, plan: file.plan ?? null }),
    undo: (viewer: Viewer, file: SentImport) => step(viewer, 'undoSpreadsheet', file),
    /** Stock of a place, as it lies in the table. */
    levels: async (place: Place) =>
      (
        await db.pool.query(
          `SELECT p.codigo AS sku, trim_scale(l.stock_actual)::text AS quantity, trim_scale(l.stock_minimo)::text AS minimum, l.flags
           FROM inventory.erp_inventario l JOIN inventory.erp_productos p ON p.id = l.producto_id
           WHERE l.site_id = $1 ORDER BY p.codigo`,
          [place.siteId],
        )
      ).rows,
  };
}

const variableTypes: Readonly<Record<string, string>> = {
  ...{ skipRefused: 'Boolean!', plan: 'String', columns: '[ImportColumnInput!]', siteId: 'ID' },
};
/** What each mutation may answer beside the import. */
const failuresOf: Readonly<Record<string, string>> = {
  importSpreadsheet: notFound,
  readSpreadsheetAgain: `${notFound} ${conflict} ... on ValidationFailed { fields { path code } }`,
};
const fieldsOf = (mutation: string) =>
  `... on SpreadsheetImport { ${shown} } ${failuresOf[mutation] ?? `${notFound} ${conflict}`}`;
