import { AppError } from '@cauce/shared/errors/app-error';
import type { FieldFailure } from '@cauce/shared/errors/outcomes';
import { ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { SchemaProblem } from './compile-schema.ts';
import { missingCodes } from './expressions/expression-compiler.ts';
import { expressionProblemCodes } from './expressions/expression-problem.ts';
import type { GroupCell, SchemaPreview, TelemetryGroup } from './groups.service.ts';
import type { addSchemaInputs } from './schema-inputs.schema.ts';
import type { SchemaRefs } from './schema-type.schema.ts';

/** Groups that a preview shows at most. */
const previewRows = 50;

/** Adds `CatchmentPoint.groups` and `previewTelemetrySchema`. */
export function addGroups(
  builder: TelemetryBuilder,
  { point, dateRange }: TelemetryRefs,
  { rule }: SchemaRefs,
  { preview: input }: ReturnType<typeof addSchemaInputs>,
): void {
  const reason = builder.enumType('MissingReason', {
    description:
      'Why there is no value. NO_VALUE: something it is made of has none. OUT_OF_BOUNDS: larger than numbers get. INVALID: its expression is wrong.',
    values: missingCodes,
  });
  const cell = builder.objectRef<GroupCell>('TelemetryGroupValue').implement({
    description: 'One quantity or calculated field in a group.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name in the schema.' }),
      value: t.exposeFloat('value', { nullable: true, description: 'In `unit`; null where there is none.' }),
      unit: t.exposeString('unit', { description: 'Unit of the value; empty for a bare number.' }),
      decimals: t.exposeInt('decimals', {
        nullable: true,
        description: 'Digits after the point of a calculated field; null for a quantity.',
      }),
      missing: t.field({
        type: reason,
        nullable: true,
        description: 'Why there is no value; null where there is one.',
        resolve: ({ missing }) => missing?.code ?? null,
      }),
      missingName: t.string({
        nullable: true,
        description: 'The quantity, field or constant without which there is no value.',
        resolve: ({ missing }) => missing?.name ?? null,
      }),
      missingColumn: t.int({
        nullable: true,
        description: 'Where in the expression that was found, from 1.',
        resolve: ({ missing }) => (missing?.at == null ? null : missing.at.start + 1),
      }),
      measuredAt: t.expose('measuredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was measured, for a value from before the group; otherwise null.',
      }),
      isSuspect: t.exposeBoolean('isSuspect', {
        description: 'Whether a measurement behind it broke a rule.',
      }),
    }),
  });
  const group = builder.objectRef<TelemetryGroup>('TelemetryGroup').implement({
    description:
      'The quantities of a schema at one point in one stretch of time, and what follows from them. Worked out when it is asked for: it is what the measurements are by then, whenever they came.',
    fields: (t) => ({
      from: t.expose('from', { type: 'DateTime', description: 'Where it begins.' }),
      to: t.expose('to', { type: 'DateTime', description: 'Where it ends, not included.' }),
      values: t.field({
        type: [cell],
        description: 'Those that the schema shows, in its order.',
        resolve: ({ cells }) => [...cells],
      }),
      brokenRules: t.field({
        type: [rule],
        description: 'Rules of the schema that do not hold; one that cannot be worked out is not among them.',
        resolve: ({ brokenRules }) => [...brokenRules],
      }),
    }),
  });
  builder.objectField(point, 'groups', (t) =>
    t.connection(
      {
        type: group,
        nullable: true,
        description:
          'The groups of a schema, newest first; null where it does not hold for the point. Stretches in which nothing was measured are left out.',
        args: {
          schemaId: t.arg.id({ description: 'The schema; of the point’s company.' }),
          range: t.arg({
            type: dateRange,
            description: 'Days in the point’s zone: at most 93 for 5 minutes, 186 to 30, 2 years for hours.',
          }),
        },
        resolve: (self, { schemaId, range, ...page }, { services }) => services.groups.of(self, schemaId, range, page),
      },
      { name: 'TelemetryGroupConnection', description: 'A page of groups.' },
      { name: 'TelemetryGroupEdge', description: 'A group in a page.' },
    ),
  );
  const preview = addPreviewType(builder, group);
  builder.queryField('previewTelemetrySchema', (t) =>
    t.field({
      type: preview,
      authScopes: { permission: 'telemetry:read' },
      description: 'Checks a schema that is being written and shows what it makes of a point’s newest groups.',
      errors: { types: [ValidationFailed], union: { name: 'PreviewTelemetrySchemaResult' } },
      args: {
        input: t.arg({ type: input, description: 'The schema.' }),
        pointId: t.arg.id({ required: false, description: 'The point to try it on; only checked if left out.' }),
        rows: t.arg.int({ defaultValue: 10, description: `Groups to show, 1 to ${previewRows}.` }),
      },
      resolve: (_root, { input: given, pointId, rows }, { services }) => {
        if (rows >= 1 && rows <= previewRows) return services.groups.preview(given, pointId ?? null, rows);
        throw new AppError('BAD_USER_INPUT', `rows must be between 1 and ${previewRows}`, {
          detail: { argument: 'rows' },
        });
      },
    }),
  );
}

function addPreviewType(
  builder: TelemetryBuilder,
  group: ReturnType<ReturnType<typeof builder.objectRef<TelemetryGroup>>['implement']>,
) {
  const code = builder.enumType('ExpressionProblemCode', {
    description: 'What is wrong with an expression. CYCLE: it is made of itself, by the way that `detail` tells.',
    values: expressionProblemCodes,
  });
  const problem = builder.objectRef<SchemaProblem>('ExpressionProblem').implement({
    description: 'Something wrong in an expression, and where.',
    fields: (t) => ({
      path: t.exposeString('path', { description: 'Path of the input field: `calculatedFields.0.expression`.' }),
      code: t.expose('code', { type: code, description: 'What is wrong.' }),
      detail: t.exposeString('detail', { nullable: true, description: 'The name that it is about.' }),
      column: t.int({
        description: 'First character of the part it is about, from 1.',
        resolve: ({ start }) => start + 1,
      }),
      length: t.int({ description: 'Characters of that part.', resolve: ({ start, end }) => end - start }),
    }),
  });
  const failure = builder.objectRef<FieldFailure>('SchemaFailure').implement({
    description: 'Something wrong in a schema apart from its expressions.',
    fields: (t) => ({
      path: t.exposeString('path', { description: 'Path of the input field: `quantities.0.name`.' }),
      code: t.exposeString('code', {
        description: '`NAME_TAKEN`, `NAME_RESERVED`, `UNKNOWN_NAME` or `NO_COUNTER`.',
      }),
      message: t.exposeString('message', { description: 'In English.' }),
    }),
  });
  return builder.objectRef<SchemaPreview>('TelemetrySchemaPreview').implement({
    description: 'What a schema that nobody has kept would be.',
    fields: (t) => ({
      problems: t.field({
        type: [problem],
        description: 'What is wrong with its expressions; the first problem of each.',
        resolve: ({ problems }) => [...problems],
      }),
      failures: t.field({
        type: [failure],
        description: 'What else is wrong with it.',
        resolve: ({ failures }) => [...failures],
      }),
      order: t.stringList({
        description: 'Names of the calculated fields in the order in which they are worked out.',
        resolve: ({ order }) => [...order],
      }),
      groups: t.field({
        type: [group],
        nullable: true,
        description: 'The point’s newest groups; null without a point within reach, or where something fails.',
        resolve: ({ groups }) => groups && [...groups],
      }),
    }),
  });
}
