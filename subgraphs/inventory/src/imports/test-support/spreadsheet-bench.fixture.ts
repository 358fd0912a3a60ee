import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { systemClock } from '@cauce/shared/clock';
import { createDatabase } from '@cauce/shared/db/create-database';
import { createMemoryEventBus } from '@cauce/shared/events/memory-event-bus';
import { silentLog } from '@cauce/shared/test/silent-log';
import * as XLSX from '@e965/xlsx';
import { createImportJob } from '../import/imports.jobs.ts';

/** The measuring half of `bench/inventory/spreadsheet.bench.ts`, which starts it with a migrated database. */
const [databaseUrl = '', format = 'xlsx', megabytes = '10', dataDir = ''] = process.argv.slice(2);
const limitMs = 20_000;
const db = createDatabase({ url: databaseUrl, applicationName: 'bench', log: silentLog });
const [companyId, siteId, userId] = [randomUUID(), randomUUID(), randomUUID()];
const path = join(dataDir, 'uploads', format);

const bytes = fileOf(Number(megabytes) * 1024 * 1024);
await mkdir(join(dataDir, 'uploads'), { recursive: true });
await writeFile(path, bytes.content);
const bareMs = await bareReading();

const { rows: warehouses } = await db.pool.query(
  `INSERT INTO inventory.warehouses (site_id, company_id, name) VALUES ($1, $2, 'BODEGA')
   RETURNING id, site_id AS "siteId", name, code`,
  [siteId, companyId],
);
const upload = await db.client.upload.create({
  data: {
    ...{ filename: `stock.${format}`, sizeBytes: bytes.content.length, sha256: 'a'.repeat(64), contentType: 'x' },
    ...{ storagePath: format, uploadedBy: userId, companyId },
  },
});
const file = await db.client.spreadsheetImport.create({
  data: { uploadId: upload.id, companyId, requestedBy: userId, columns: { warehouses } },
});
const settings = {
  ...{ mode: 'test' as const, dataDir, tokenSecret: '', internalSecret: '', encryptionKey: '' },
  ...{ isPrivateNetworkAllowed: false, mqttUrl: null },
};
const job = createImportJob({ db, settings, clock: systemClock, bus: createMemoryEventBus() });
const work = async (step: 'PREVIEW' | 'COMMIT') => {
  const startedMs = performance.now();
  const run = { jobId: file.id, attempt: 0, clock: systemClock, log: silentLog, signal: AbortSignal.timeout(120_000) };
  await job.handle({ importId: file.id, step }, { ...run, reportProgress: () => {} });
  return performance.now() - startedMs;
};

const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const pings = startPings((server.address() as AddressInfo).port);
await new Promise((resolve) => setTimeout(resolve, 1_000));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const startRss = process.memoryUsage.rss();
let peakRss = startRss;
const sampler = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, 50);
const previewMs = await work('PREVIEW');
await db.client.spreadsheetImport.update({ where: { id: file.id }, data: { status: 'COMMITTING', stepAttempts: 0 } });
const commitMs = await work('COMMIT');
clearInterval(sampler);
delay.disable();
const latencies = await pings.stop();
const done = await db.client.spreadsheetImport.findUniqueOrThrow({ where: { id: file.id } });
if (done.status !== 'COMPLETED' || done.rowsCreated !== bytes.rows) throw new Error(`It came to ${done.status}`);

const totalMs = previewMs + commitMs;
const p99 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const size = `${(bytes.content.length / 1024 / 1024).toFixed(1)} MB`;
console.log(
  `${format}: ${size}, ${bytes.rows} rows: ${seconds(totalMs)} (read and planned ${seconds(previewMs)}, written ${seconds(commitMs)}; limit ${seconds(limitMs)}), ${(totalMs / bareMs).toFixed(2)} times the library's bare reading of ${seconds(bareMs)}`,
);
console.log(
  `  meanwhile: event loop p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms, longest ${(delay.max / 1e6).toFixed(0)} ms; ${latencies.length} requests, p99 ${p99(latencies).toFixed(0)} ms, slowest ${Math.max(...latencies).toFixed(0)} ms; ${((peakRss - startRss) / 1024 / 1024).toFixed(0)} MB more than before at its peak`,
);
server.close();
await db.close();
if (totalMs > limitMs || p99(latencies) > 100) process.exitCode = 1;

/** A sheet of stock of about that size; `.xls` holds 65,536 rows at most, so its cells are longer. */
function fileOf(wanted: number): { readonly content: Buffer; readonly rows: number } {
  const most = format === 'xlsx' ? 400_000 : 65_000;
  const write = (rows: number, words: number): Buffer => {
    const book = XLSX.utils.book_new();
    const lines = Array.from({ length: rows }, (_none, row) => [
      `ART-${String(row).padStart(7, '0')}`,
      Array.from({ length: words }, () => randomUUID().slice(0, 8)).join(' '),
      Math.floor(Math.random() * 10_000) / 4,
      row % 50,
      `P-${row % 97}`,
      Math.floor(Math.random() * 1_000_000) / 100,
      `Familia ${row % 40}`,
    ]);
    const head = ['Código', 'Descripción', 'Existencia', 'Mínimo', 'Ubicación', 'Precio', 'Categoría'];
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([head, ...lines]), 'Existencias');
    return XLSX.write(book, { type: 'buffer', bookType: format === 'xlsx' ? 'xlsx' : 'biff8', compression: true });
  };
  let [rows, words] = format === 'xlsx' ? [20_000, 3] : [65_000, 1];
  let content = write(rows, words);
  for (let tries = 0; tries < 6 && (content.length > wanted || content.length < wanted * 0.93); tries += 1) {
    const factor = (wanted * 0.97) / content.length;
    if (rows < most || factor < 1) rows = Math.min(most, Math.floor(rows * factor));
    else words += 1;
    content = write(rows, words);
  }
  return { content, rows };
}

/** The library alone on the same bytes, in a thread of its own as ours is. */
function bareReading(): Promise<number> {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { readFileSync } = require('node:fs');
    const XLSX = require('@e965/xlsx');
    const bytes = readFileSync(workerData);
    const startedMs = performance.now();
    XLSX.read(bytes, { type: 'buffer', dense: true });
    parentPort.postMessage(performance.now() - startedMs);`;
  const worker = new Worker(source, { eval: true, workerData: path });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** Asks this process every 10 ms from another one, which has a clock that ours cannot hold up. */
function startPings(port: number) {
  const source = `
    const { get } = require('node:http');
    const latencies = [];
    const timer = setInterval(() => {
      const startedMs = performance.now();
      get('http://127.0.0.1:${port}', (response) => {
        response.resume();
        response.once('end', () => latencies.push(performance.now() - startedMs));
      });
    }, 10);
    process.stdin.once('end', () => {
      clearInterval(timer);
      setTimeout(() => process.stdout.write(JSON.stringify(latencies)), 200);
    }).resume();`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  return {
    stop: async (): Promise<number[]> => {
      child.stdin.end();
      await new Promise((resolve) => child.once('close', resolve));
      return JSON.parse(said);
    },
  };
}
