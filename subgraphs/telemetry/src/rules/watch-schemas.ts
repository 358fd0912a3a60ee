import { createHash } from 'node:crypto';
import type { CatchmentPoint, PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { type CompiledSchema, compileSchema } from '../schemas/compile-schema.ts';
import type { ExpressionCompiler } from '../schemas/expressions/expression-compiler.ts';
import { type MeasuredGroup, readGroups } from '../schemas/groups.store.ts';
import { labelsOf } from '../schemas/part-labels.ts';
import { constantsOf, pointConstants } from '../schemas/point-constants.ts';
import { type ReadShape, schemaParts, shapeOf, type TelemetrySchemaRow } from '../schemas/telemetry-schema.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import { newestEnd, oldestUseful } from './newest-group.ts';
import type { RuleKind } from './rule-parameters.ts';
import { type BrokenRule, type EpisodeKey, lockKind, type RuleChanges, settleAlerts } from './settle-alerts.ts';

const kind = 'SCHEMA_VALIDATION' satisfies RuleKind;

/**
 * Holds the newest whole group of every schema at every watched point against the rules of the schema: one alert an
 * episode for each rule that does not hold, with the values that it was judged by; over when a later group keeps it. Of a
 * group that cannot be judged, because something was not measured, nothing follows. Twice at once changes nothing more.
 * A company at a time: one that is slow or cannot be judged keeps no other from being watched. Rejects once all were
 * looked at.
 */
export async function watchSchemas(
  client: PrismaClient,
  compiler: ExpressionCompiler,
  now: Date,
): Promise<RuleChanges> {
  let changes = { raised: 0, resolved: 0 };
  const failures: unknown[] = [];
  for (const companyId of await companiesToWatch(client)) {
    try {
      const work = (tx: DatabaseTransaction) => watchCompany(tx, compiler, companyId, now);
      const found = await client.$transaction(work, { timeout: 60_000 });
      changes = { raised: changes.raised + found.raised, resolved: changes.resolved + found.resolved };
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The schemas of some companies could not be watched');
  return changes;
}

/** Those whose schemas ask for anything, and those of which something is open: it ends when nothing asks for it any more. */
async function companiesToWatch(client: PrismaClient): Promise<readonly string[]> {
  const rows = await client.$queryRaw<{ companyId: string }[]>`
    SELECT DISTINCT r.company_id::text AS "companyId" FROM telemetry.rules r
    WHERE r.kind = ${kind}::telemetry.rule_kind AND (
      EXISTS (SELECT FROM telemetry.telemetry_schemas s JOIN telemetry.telemetry_schema_rules q ON q.schema_id = s.id
              WHERE s.company_id = r.company_id)
      OR EXISTS (SELECT FROM telemetry.alerts a WHERE a.rule_id = r.id AND a.status <> 'RESOLVED'))
    ORDER BY 1`;
  return rows.map(({ companyId }) => companyId);
}

async function watchCompany(
  tx: DatabaseTransaction,
  compiler: ExpressionCompiler,
  companyId: string,
  now: Date,
): Promise<RuleChanges> {
  await lockKind(tx, kind, companyId);
  const watched = await readWatched(tx, companyId);
  const schemas = await tx.telemetrySchema.findMany({
    where: { companyId, rules: { some: {} } },
    include: { ...schemaParts, points: true },
  });
  const broken: BrokenRule[] = [];
  const undecided: EpisodeKey[] = [];
  for (const schema of watched.length === 0 ? [] : schemas) {
    const named = new Set(schema.points.map(({ pointId }) => pointId));
    const own = watched.filter(({ point }) => schema.isForAllPoints || named.has(point.id));
    const shape = shapeOf(schema);
    const compiled = compileSchema(compiler, shape);
    const groups = await newestGroups(tx, schema, shape, own, now);
    for (const place of own) {
      const judged = judge({ schema, shape, compiled, place, group: groups.get(place.point.id) ?? null });
      broken.push(...judged.broken);
      undecided.push(...judged.undecided);
    }
  }
  return settleAlerts(tx, kind, { broken, undecided, companyId, now });
}

interface WatchedPoint {
  readonly point: CatchmentPoint;
  readonly ruleId: string;
  readonly severity: string;
}

/** Each watched point of a company with the one rule that holds for it: its own before the company's. None where that is off. */
async function readWatched(tx: DatabaseTransaction, companyId: string): Promise<readonly WatchedPoint[]> {
  const rows = await tx.$queryRaw<{ id: string; ruleId: string; severity: string }[]>`
    SELECT id, "ruleId", severity FROM (
      SELECT DISTINCT ON (p.id) p.id, r.id AS "ruleId", r.severity::text AS severity, r.is_active
      FROM telemetry.rules r
      JOIN telemetry.catchment_points p ON p.company_id = r.company_id AND (r.point_id IS NULL OR r.point_id = p.id)
        AND p.deleted_at IS NULL AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR')
      WHERE r.kind = 'SCHEMA_VALIDATION' AND r.company_id = ${companyId}::uuid
      ORDER BY p.id, r.point_id NULLS LAST, r.created_at) AS watched
    WHERE is_active`;
  const points = await tx.catchmentPoint.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  const byId = new Map(points.map((point) => [point.id, point]));
  return rows.flatMap(({ id, ruleId, severity }) => {
    const point = byId.get(id);
    return point === undefined ? [] : [{ point, ruleId, severity }];
  });
}

/** The newest group of each point that has ended and been added up; none where that is long ago. */
async function newestGroups(
  tx: DatabaseTransaction,
  { interval, toleranceMinutes }: TelemetrySchemaRow,
  { quantities }: ReadShape,
  places: readonly WatchedPoint[],
  now: Date,
): Promise<ReadonlyMap<string, MeasuredGroup>> {
  const found = new Map<string, MeasuredGroup>();
  for (const [timeZone, own] of Map.groupBy(places, ({ point }) => point.timeZone)) {
    const to = newestEnd(interval, now, timeZone);
    const query = { interval, toleranceMinutes, quantities, from: oldestUseful(interval, to), to, limit: 1 };
    const ids = own.map(({ point }) => point.id);
    for (const [id, [group]] of await readGroups(tx, ids, query)) if (group !== undefined) found.set(id, group);
  }
  return found;
}

interface Judged {
  readonly broken: readonly BrokenRule[];
  readonly undecided: readonly EpisodeKey[];
}

function judge({
  schema,
  shape,
  compiled,
  place: { point, ruleId, severity },
  group,
}: {
  readonly schema: TelemetrySchemaRow;
  readonly shape: ReadShape;
  readonly compiled: CompiledSchema;
  readonly place: WatchedPoint;
  readonly group: MeasuredGroup | null;
}): Judged {
  const keyOf = ({ expression }: { readonly expression: string }): EpisodeKey => ({
    ...{ pointId: point.id, ruleId, variable: null, subject: subjectOf(schema.id, expression) },
  });
  if (group === null) return { broken: [], undecided: shape.validationRules.map(keyOf) };
  const { from, to, values } = group;
  const constants = new Map<string, number | null>(
    Object.entries(constantsOf(point, (to.getTime() - from.getTime()) / 3_600_000)),
  );
  const measured = new Map(shape.quantities.map(({ name }, index) => [name, values[index]?.value ?? null] as const));
  const lookUp = (name: string) => measured.get(name) ?? constants.get(name) ?? null;
  const { fields, rules } = compiled.calculate(lookUp);
  const shownValue = (name: string) => {
    const field = fields.get(name);
    return field === undefined ? lookUp(name) : 'value' in field ? field.value : null;
  };
  const evidenceOf = (rule: ReadShape['validationRules'][number], index: number) => ({
    ...{ schemaId: schema.id, schema: schema.name, from: from.toISOString(), to: to.toISOString() },
    ...{ expression: rule.expression, sentenceEs: rule.sentenceEs, sentenceEn: rule.sentenceEn },
    values: compiled.usedBy(index).flatMap((name) => {
      const value = shownValue(name);
      return value === null ? [] : [{ name, ...labelsOf(shape, name), value, unit: unitOf(shape, name) }];
    }),
  });
  const outcomes = shape.validationRules.map((rule, index) => ({ rule, index, outcome: rules[index] }));
  return {
    broken: outcomes.flatMap(({ rule, index, outcome }) => {
      const isBroken = outcome !== undefined && 'value' in outcome && !outcome.value;
      const { siteId, companyId } = point;
      return isBroken ? [{ ...keyOf(rule), siteId, companyId, severity, evidence: evidenceOf(rule, index) }] : [];
    }),
    undecided: outcomes.flatMap(({ rule, outcome }) =>
      outcome !== undefined && 'value' in outcome ? [] : [keyOf(rule)],
    ),
  };
}

/** A rule that is written anew is another one; other words for it are not. */
function subjectOf(schemaId: string, expression: string): string {
  return `${schemaId}:${createHash('sha256').update(expression).digest('hex').slice(0, 16)}`;
}

function unitOf({ quantities, calculatedFields }: ReadShape, name: string): string {
  const quantity = quantities.find((one) => one.name === name);
  if (quantity !== undefined) return variableDefinitions[quantity.variable].unit;
  const known = calculatedFields.find((one) => one.name === name) ?? pointConstants.find((one) => one.name === name);
  return known?.unit ?? '';
}
