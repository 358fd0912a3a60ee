import type { PrismaClient } from '@cauce/prisma/client';
import { AppError } from '@cauce/shared/errors/app-error';
import { readKeyset, toPage } from '@cauce/shared/schema/keyset';
import { z } from 'zod';
import { nextDay, offsetMs, startOfDay } from '../../zone-time.ts';

export interface HistoryQuery {
  /** As the regulator issued it. */
  readonly deviceId: string;
  /** First and last calendar day by the regulator's clock, both included: `2026-01-31`. */
  readonly from: string;
  readonly to: string;
  readonly limit?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface HistoryEntry {
  /** Local time of the regulator without an offset, as it is sent to it. */
  readonly at: string;
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly unit: string }[];
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

interface HistoryRow {
  readonly id: string;
  readonly slotAt: Date;
  readonly values: Readonly<Record<string, string>>;
  readonly config: unknown;
}

const longestDays = 366;

/**
 * What was prepared for a device, oldest first: the values are those that were sent or wait to be, text as on the wire.
 * What was kept in the shadow, skipped or dismissed was never reported and is not told here either.
 */
export async function readHistory(
  client: PrismaClient,
  account: { readonly companyId: string; readonly sourceId: string; readonly source: { readonly timeZone: string } },
  query: HistoryQuery,
): Promise<HistoryPage | null> {
  const { companyId, sourceId, source } = account;
  const [from, until] = rangeOf(query, source.timeZone);
  if (query.deviceId.includes('\0')) return null;
  const [device] = await client.$queryRaw<{ found: number }[]>`
    SELECT 1 AS found FROM telemetry.compliance_configs c JOIN telemetry.catchment_points p ON p.id = c.point_id
    WHERE c.source_id = ${sourceId}::uuid AND p.company_id = ${companyId}::uuid
      AND c.identifiers ->> 'dispositivoId' = ${query.deviceId} LIMIT 1`;
  if (device === undefined) return null;
  const keyset = readKeyset({ first: query.limit, after: query.after }, ['instant', 'id']);
  const [at, id] = keyset.after ?? [null, null];
  const rows = await client.$queryRaw<HistoryRow[]>`
    SELECT s.id::text, s.slot_at AS "slotAt", s.values, c.config
    FROM telemetry.compliance_submissions s
    JOIN telemetry.compliance_configs c ON c.id = s.config_id
    WHERE s.company_id = ${companyId}::uuid AND s.source_id = ${sourceId}::uuid
      AND c.identifiers ->> 'dispositivoId' = ${query.deviceId}
      AND s.slot_at >= ${from} AND s.slot_at < ${until} AND s.values IS NOT NULL
      AND s.status NOT IN ('SCHEDULED', 'SHADOWED', 'SKIPPED')
      AND (${at}::timestamptz IS NULL OR (s.slot_at, s.id) > (${at}::timestamptz, ${id}::uuid))
    ORDER BY s.slot_at, s.id LIMIT ${keyset.limit + 1}`;
  const { edges, pageInfo } = toPage(
    rows,
    keyset,
    (row) => [row.slotAt.toISOString(), row.id],
    async () => 0,
  );
  return {
    entries: edges.map(({ node }) => entryOf(node, source.timeZone)),
    endCursor: pageInfo.endCursor,
    hasNextPage: pageInfo.hasNextPage,
  };
}

const day = z.iso.date();

function rangeOf({ from, to }: HistoryQuery, timeZone: string): readonly [Date, Date] {
  const wrong = (argument: string, message: string) =>
    new AppError('BAD_USER_INPUT', message, { detail: { argument } });
  if (!day.safeParse(from).success) throw wrong('from', 'from must be a day: 2026-01-31');
  if (!day.safeParse(to).success) throw wrong('to', 'to must be a day: 2026-01-31');
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0 || days >= longestDays)
    throw wrong('to', `to must be ${longestDays - 1} days after from at most, and not before it`);
  return [startOfDay(from, timeZone), startOfDay(nextDay(to), timeZone)];
}

const parameters = z.object({ parametros: z.array(z.object({ nombre: z.string(), unidad: z.string() })) });

function entryOf({ slotAt, values, config }: HistoryRow, timeZone: string): HistoryEntry {
  const registered = parameters.safeParse(config);
  const units = new Map(registered.data?.parametros.map(({ nombre, unidad }) => [nombre, unidad]));
  const local = new Date(slotAt.getTime() + offsetMs(slotAt.getTime(), timeZone)).toISOString().slice(0, 19);
  const named = Object.entries(values).map(([name, value]) => ({ name, value, unit: units.get(name) ?? '' }));
  // In the order of the registration, as they are sent; the store keeps keys in none.
  const order = [...units.keys()];
  return { at: local, parameters: named.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)) };
}
