import type { Clock } from '@cauce/shared/clock';
import { AppError } from '@cauce/shared/errors/app-error';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { CatchmentPoint } from '../points/point.ts';
import { createQuestionLoader } from '../question-loader.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import { nextDay, startOfDay } from '../zone-time.ts';
import { type CheckedSchema, checkSchema } from './check-schema.ts';
import { type CompiledSchema, compileSchema } from './compile-schema.ts';
import type { ExpressionCompiler, Missing } from './expressions/expression-compiler.ts';
import type { GroupsQuery, MeasuredGroup } from './groups.store.ts';
import { constantsOf } from './point-constants.ts';
import { type PreviewSchemaInput, previewSchemaSchema } from './schema-input.ts';
import { type GroupInterval, longestDays } from './schema-intervals.ts';
import type { Schemas } from './schemas.service.ts';
import { type ReadShape, shapeOf, type ValidationRule } from './telemetry-schema.ts';

/** One column of one group: a value, or why there is none. */
export interface GroupCell {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly decimals: number | null;
  readonly missing: Missing | null;
  readonly measuredAt: Date | null;
  readonly isSuspect: boolean;
}

/** The columns of a schema at one point, side by side. */
export interface TelemetryGroup {
  readonly from: Date;
  readonly to: Date;
  readonly cells: readonly GroupCell[];
  readonly brokenRules: readonly ValidationRule[];
}

export interface SchemaPreview extends Pick<CheckedSchema, 'problems' | 'failures' | 'order'> {
  /** Null when no point was named, or none within reach. */
  readonly groups: readonly TelemetryGroup[] | null;
}

type Point = CatchmentPoint;

export interface Groups {
  /** Newest first; null where the schema does not hold for the point or is not within reach. */
  of(point: Point, schemaId: string, range: DateRange, page: PageArgs): Promise<Page<TelemetryGroup> | null>;
  /** What a schema that nobody has kept would show of a point's newest groups. @throws ValidationFailed */
  preview(input: unknown, pointId: string | null, rows: number): Promise<SchemaPreview>;
}

export interface GroupsDeps {
  readonly schemas: Schemas;
  readonly compiler: ExpressionCompiler;
  readonly clock: Clock;
  point(id: string): Promise<Point | null>;
  read(pointIds: readonly string[], query: GroupsQuery): Promise<ReadonlyMap<string, readonly MeasuredGroup[]>>;
  count(pointId: string, query: GroupsQuery): Promise<number>;
}

export function createGroups({ schemas, compiler, clock, point, read, count }: GroupsDeps): Groups {
  const loader = createQuestionLoader((ids, { from, to, ...query }: QueryKey) =>
    read(ids, { ...query, from: new Date(from), to: new Date(to) }),
  );
  return {
    async of(at, schemaId, range, page) {
      const schema = (await schemas.ofPoint(at)).find(({ id }) => id === schemaId.toLowerCase());
      if (schema === undefined) return null;
      const period = periodOf(range, schema.interval, at.timeZone);
      const keyset = readKeyset(page, ['instant']);
      const shape = shapeOf(schema);
      const question = { ...shape, interval: schema.interval, toleranceMinutes: schema.toleranceMinutes };
      const query = { ...queryOf(question), ...period, limit: keyset.limit + 1 };
      const [after] = keyset.after ?? [];
      const to = typeof after === 'string' ? Math.min(Date.parse(after), period.to.getTime()) : period.to.getTime();
      const measured = (await loader.load(at.id, { ...query, from: period.from.getTime(), to })) ?? [];
      const compiled = compileSchema(compiler, shape);
      return toPage(
        measured.map((group) => groupOf(group, at, shape, compiled)),
        keyset,
        ({ from }) => [from.toISOString()],
        () => count(at.id, query),
      );
    },

    async preview(input, pointId, rows) {
      const given = parseInput(previewSchemaSchema, input);
      const checked = checkSchema(compiler, given);
      const { problems, failures, order } = checked;
      const at = pointId === null ? null : await point(pointId);
      if (at === null || failures.length > 0) return { problems, failures, order, groups: null };
      const to = new Date(clock.now().getTime() + dayMs);
      const from = new Date(to.getTime() - longestDays[given.interval] * dayMs);
      const shape = { ...given, shown: given.shown ?? namesOf(given) };
      const measured = await read([at.id], { ...queryOf(given), from, to, limit: rows });
      const groups = (measured.get(at.id) ?? []).map((group) => groupOf(group, at, shape, checked));
      return { problems, failures, order, groups };
    },
  };
}

const dayMs = 86_400_000;

/** A question that two points of one list ask alike, as plain data. */
interface QueryKey extends Omit<GroupsQuery, 'from' | 'to'> {
  readonly from: number;
  readonly to: number;
}

function queryOf({ interval, toleranceMinutes, quantities }: PreviewSchemaInput | (ReadShape & Settings)) {
  return { interval, toleranceMinutes: toleranceMinutes ?? 0, quantities };
}

interface Settings {
  readonly interval: GroupInterval;
  readonly toleranceMinutes: number;
}

const namesOf = ({ quantities, calculatedFields }: Pick<PreviewSchemaInput, 'quantities' | 'calculatedFields'>) =>
  [...quantities, ...calculatedFields].map(({ name }) => name);

function periodOf(range: DateRange, interval: GroupInterval, timeZone: string) {
  const parsed = dateRangeSchema.safeParse(range);
  if (!parsed.success) throw badInput(parsed.error.issues.map(({ message }) => message).join('; '));
  const { from, to } = parsed.data;
  if ((Date.parse(to) - Date.parse(from)) / dayMs >= longestDays[interval]) {
    throw badInput(`Groups of this schema are read ${longestDays[interval]} days at a time`);
  }
  return { from: startOfDay(from, timeZone), to: startOfDay(nextDay(to), timeZone) };
}

function groupOf(group: MeasuredGroup, point: Point, shape: ReadShape, compiled: CompiledSchema): TelemetryGroup {
  const { from, to, values } = group;
  const constants = constantsOf(point, (to.getTime() - from.getTime()) / 3_600_000);
  const measured = new Map(shape.quantities.map(({ name }, index) => [name, values[index]] as const));
  const { fields, rules } = compiled.calculate(
    (name) => measured.get(name)?.value ?? Object.entries(constants).find(([known]) => known === name)?.[1] ?? null,
  );
  const isSuspect = (name: string) => [...compiled.madeOf(name)].some((leaf) => (measured.get(leaf)?.suspect ?? 0) > 0);
  const cells = new Map<string, GroupCell>();
  for (const { name, variable } of shape.quantities) {
    const { value = null, measuredAt = null } = measured.get(name) ?? {};
    const missing = value === null ? ({ code: 'NO_VALUE', name, at: null } as const) : null;
    const { unit } = variableDefinitions[variable];
    cells.set(name, { name, value, unit, decimals: null, missing, measuredAt, isSuspect: isSuspect(name) });
  }
  for (const { name, unit, decimals } of shape.calculatedFields) {
    const outcome = fields.get(name);
    const value = outcome !== undefined && 'value' in outcome ? outcome.value : null;
    const missing = outcome !== undefined && 'missing' in outcome ? outcome.missing : null;
    const own = { name, value, unit, decimals, missing, measuredAt: null };
    cells.set(name, { ...own, isSuspect: value !== null && isSuspect(name) });
  }
  const isBroken = (index: number) => {
    const outcome = rules[index];
    return outcome !== undefined && 'value' in outcome && !outcome.value;
  };
  return {
    ...{ from, to },
    cells: shape.shown.flatMap((name) => cells.get(name) ?? []),
    brokenRules: shape.validationRules.filter((_, index) => isBroken(index)),
  };
}

function badInput(message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { detail: { argument: 'range' } });
}
