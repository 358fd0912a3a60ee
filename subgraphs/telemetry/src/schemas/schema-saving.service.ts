import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { requireAllPoints } from '../places/reach-of-points.ts';
import { checkSchema, expressionFailure } from './check-schema.ts';
import type { ExpressionCompiler } from './expressions/expression-compiler.ts';
import { type SaveSchemaInput, saveSchemaSchema } from './schema-input.ts';
import { schemaParts, type TelemetrySchemaRow } from './telemetry-schema.ts';

/** Making, changing and removing schemas. Each change is audited in its own transaction. */
export interface SchemaSaving {
  /** @throws NotFound, Conflict (`NAME_TAKEN`, `STALE`, `OTHER_COMPANY`, `TOO_MANY`, `NOT_ALL_SITES`) or ValidationFailed */
  save(input: unknown): Promise<TelemetrySchemaRow>;
  /** @throws NotFound, Conflict (`NOT_ALL_SITES`) */
  remove(id: string): Promise<string>;
}

export interface SchemaSavingDeps {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
  readonly compiler: ExpressionCompiler;
}

/** More are a list that nobody reads. */
const schemasPerCompany = 200;

export function createSchemaSaving({ client, actor, compiler }: SchemaSavingDeps): SchemaSaving {
  return {
    async save(input) {
      const given = parseInput(saveSchemaSchema, input);
      const { problems, failures } = checkSchema(compiler, given);
      const wrong = [...failures, ...problems.map(expressionFailure)];
      if (wrong.length > 0) throw new ValidationFailed(wrong);
      try {
        return await client.$transaction(async (tx) => {
          const before = given.id == null ? null : await find(tx, given.id);
          if (before !== null) await requireReach(tx, actor, before);
          const id = before === null ? await insert(tx, actor, given) : await replace(tx, before, given);
          await writeParts(tx, id, given);
          const after = await find(tx, id);
          await writePoints(tx, after, given);
          await requireReach(tx, actor, after);
          await audit(tx, actor, 'saveTelemetrySchema', before, { ...after, pointIds: given.pointIds });
          return after;
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new Conflict('NAME_TAKEN', 'The company has a schema of this name already');
        throw error;
      }
    },

    remove: (id) =>
      client.$transaction(async (tx) => {
        const before = await find(tx, id);
        await requireReach(tx, actor, before);
        await tx.telemetrySchema.deleteMany({ where: { id: before.id } });
        await audit(tx, actor, 'deleteTelemetrySchema', before, null);
        return before.id;
      }),
  };
}

async function find(tx: ScopedTransaction, id: string): Promise<TelemetrySchemaRow> {
  const row = isUuid(id) ? await tx.telemetrySchema.findFirst({ where: { id }, include: schemaParts }) : null;
  if (row === null) throw new NotFound('TelemetrySchema');
  return row;
}

/** Its expressions and rules hold for all of its points. */
function requireReach(
  tx: ScopedTransaction,
  { viewer }: AuditActor,
  { id: schemaId, companyId, isForAllPoints }: TelemetrySchemaRow,
): Promise<void> {
  return requireAllPoints(tx, viewer, isForAllPoints ? { companyId } : { schemaId });
}

async function insert(tx: ScopedTransaction, { viewer }: AuditActor, given: SaveSchemaInput): Promise<string> {
  const { companyId } = given;
  if (companyId == null) {
    throw new ValidationFailed([{ path: 'companyId', code: 'REQUIRED', message: 'say whose it is' }]);
  }
  if (!reaches(viewer.companyIds, companyId)) throw new NotFound('Company');
  if ((await tx.telemetrySchema.count({ where: { companyId } })) >= schemasPerCompany) {
    throw new Conflict('TOO_MANY', `A company has ${schemasPerCompany} schemas at most`);
  }
  const { id } = await tx.telemetrySchema.create({
    data: { ...headOf(given), companyId, createdBy: viewer.userId },
    select: { id: true },
  });
  return id;
}

/** Takes the row, so that of two who save at once the second is told. */
async function replace(tx: ScopedTransaction, before: TelemetrySchemaRow, given: SaveSchemaInput): Promise<string> {
  const { id, updatedAt } = before;
  if (given.companyId != null && given.companyId !== before.companyId) {
    throw new Conflict('OTHER_COMPANY', 'A schema stays with its company');
  }
  const expected = given.expectedUpdatedAt ?? updatedAt;
  const { count } =
    expected.getTime() === updatedAt.getTime()
      ? await tx.telemetrySchema.updateMany({ where: { id, updatedAt }, data: headOf(given) })
      : { count: 0 };
  if (count === 0) throw new Conflict('STALE', 'The schema was changed by somebody else meanwhile: read it again');
  return id;
}

function headOf({ name, type, interval, toleranceMinutes, chart, isForAllPoints }: SaveSchemaInput) {
  return {
    ...{ name, type, interval, toleranceMinutes: toleranceMinutes ?? 0 },
    ...{ chart: chart ?? 'NONE', isForAllPoints: isForAllPoints ?? true },
  } as const;
}

async function writeParts(tx: ScopedTransaction, schemaId: string, given: SaveSchemaInput): Promise<void> {
  const { quantities, calculatedFields, validationRules } = given;
  const columns = [...quantities, ...calculatedFields];
  const shown = given.shown ?? columns.map(({ name }) => name);
  await tx.telemetrySchema.update({
    where: { id: schemaId },
    data: {
      columns: {
        deleteMany: {},
        create: columns.map((column, position) => {
          const place = shown.indexOf(column.name);
          return { ...column, position, shownPosition: place < 0 ? null : place };
        }),
      },
      rules: { deleteMany: {}, create: validationRules.map((rule, position) => ({ ...rule, position })) },
    },
  });
}

/** The points are as given: whoever changes a schema reaches all that it is for. */
async function writePoints(
  tx: ScopedTransaction,
  { id: schemaId, companyId, isForAllPoints }: TelemetrySchemaRow,
  { pointIds }: SaveSchemaInput,
): Promise<void> {
  if (pointIds == null && !isForAllPoints) return;
  await tx.telemetrySchemaPoint.deleteMany({ where: { schemaId } });
  const wanted = isForAllPoints ? [] : [...new Set(pointIds)];
  if (wanted.length === 0) return;
  const known = await tx.catchmentPoint.count({ where: { id: { in: wanted }, companyId, deletedAt: null } });
  if (known !== wanted.length) throw new NotFound('CatchmentPoint');
  await tx.telemetrySchemaPoint.createMany({ data: wanted.map((pointId) => ({ schemaId, pointId, companyId })) });
}

const audit = (
  tx: ScopedTransaction,
  actor: AuditActor,
  action: string,
  before: TelemetrySchemaRow | null,
  after: (TelemetrySchemaRow & { readonly pointIds: unknown }) | null,
) =>
  recordAudit(tx, actor, {
    ...{ action: `telemetry.${action}`, entityType: 'TelemetrySchema', before, after },
    ...{ entityId: (after ?? before)?.id ?? null, companyId: (after ?? before)?.companyId ?? null },
  });
