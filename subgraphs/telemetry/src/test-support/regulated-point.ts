import { randomUUID } from 'node:crypto';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import type { Database } from '@cauce/shared/db/database';
import { registrationContext } from '../compliance/ledger/run-ledger.ts';
import { dgaAccount } from './dga-stand-in.ts';
import { addPoint, type TestPoint } from './points.ts';

export interface RegulatedPoint {
  readonly point: TestPoint;
  readonly configId: string;
  /** The regulator, one of its own, so that nothing else is sent to it. */
  readonly source: { readonly id: string; readonly config: unknown; readonly timeZone: string };
  readonly work: string;
  /** Slots that are due, by id. */
  readonly slots: readonly string[];
}

export interface RegulatedOptions {
  readonly mode?: 'OFF' | 'SHADOW' | 'LIVE';
  readonly code?: string;
  /** Of the regulator. */
  readonly timeZone?: string;
  readonly slotTimes: readonly Date[];
  readonly maximumAttempts?: number;
  readonly identifiers?: object;
  readonly config?: object;
  readonly credentials?: object | null;
  readonly status?: string;
  /** As on the wire; those of a well at the DGA if left out. */
  readonly values?: Readonly<Record<string, string>>;
}

let works = 0;

/** Registers a well at a regulator of its own that listens at `url`, live by two people, with slots that are due. */
export async function addRegulatedPoint(
  db: Database,
  secretBox: SecretBox,
  url: string,
  options: RegulatedOptions,
): Promise<RegulatedPoint> {
  works += 1;
  const point = await addPoint(db);
  const [sourceId, configId] = [randomUUID(), randomUUID()];
  const work = `OB-0101-${works}`;
  const source = { id: sourceId, config: { baseUrl: url }, timeZone: options.timeZone ?? 'Etc/GMT+4' };
  const code = options.code ?? `DGA-${sourceId}`;
  await db.pool.query('INSERT INTO telemetry.compliance_sources (id, code, name, config) VALUES ($1, $2, $2, $3)', [
    ...[sourceId, code],
    source.config,
  ]);
  const credentials = options.credentials === undefined ? dgaAccount : options.credentials;
  const sealed =
    credentials === null ? null : secretBox.seal(JSON.stringify(credentials), registrationContext(configId));
  await db.pool.query(
    `INSERT INTO telemetry.compliance_configs (id, point_id, source_id, mode, identifiers, config, credentials_encrypted, starts_at,
       maximum_attempts, live_requested_by, live_requested_at, live_approved_by, live_approved_at)
     VALUES ($1, $2, $3, $4::telemetry.compliance_mode, $5, $6, $7, '2026-01-01Z', $8, $9, now(), $10, now())`,
    [
      ...[configId, point.id, sourceId, options.mode ?? 'LIVE', options.identifiers ?? { codigoObra: work }],
      ...[options.config ?? {}, sealed, options.maximumAttempts ?? 3, randomUUID(), randomUUID()],
    ],
  );
  const slots = options.slotTimes.map(() => randomUUID());
  for (const [index, slotAt] of options.slotTimes.entries()) {
    const values = options.values ?? {
      caudal: '12.40',
      totalizador: String(120_934 + index),
      nivelFreaticoDelPozo: '35.20',
    };
    await db.pool.query(
      `INSERT INTO telemetry.compliance_submissions (id, point_id, source_id, config_id, site_id, company_id, slot_at, not_before, status, values)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8::telemetry.submission_status, $9)`,
      [
        ...[slots[index], point.id, sourceId, configId, point.siteId, point.companyId, slotAt],
        ...[options.status ?? 'DUE', options.status === 'SCHEDULED' ? null : values],
      ],
    );
  }
  return { point, configId, source, work, slots };
}
