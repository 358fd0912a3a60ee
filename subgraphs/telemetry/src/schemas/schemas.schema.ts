import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { addExpressionLanguage } from './expression-language.schema.ts';
import { addGroups } from './groups.schema.ts';
import { addSchemaInputs } from './schema-inputs.schema.ts';
import { addSchemaType } from './schema-type.schema.ts';

/** Adds schemas: what they are, how they are kept, and the groups that follow from them. */
export function addSchemas(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const own = addSchemaType(builder, refs);
  const inputs = addSchemaInputs(builder, refs, own);
  const { schema, type } = own;
  const filter = builder.inputType('TelemetrySchemaFilter', {
    description: 'Which schemas; everything that is given must hold.',
    fields: (t) => ({
      companyIds: t.idList({ required: false, description: 'Of one of these companies.' }),
      types: t.field({ type: [type], required: false, description: 'Of one of these types.' }),
      search: t.string({ required: false, description: 'Part of the name, in any case.' }),
    }),
  });
  builder.queryField('telemetrySchemas', (t) =>
    t.connection(
      {
        type: schema,
        authScopes: { permission: 'telemetry:read' },
        description: 'Schemas of companies within reach, by name.',
        args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
        resolve: (_root, { filter: given, ...page }, { services }) => services.schemas.page(given ?? {}, page),
      },
      { name: 'TelemetrySchemaConnection', description: 'A page of schemas.' },
      { name: 'TelemetrySchemaEdge', description: 'A schema in a page.' },
    ),
  );
  builder.queryField('telemetrySchema', (t) =>
    t.field({
      type: schema,
      nullable: true,
      authScopes: { permission: 'telemetry:read' },
      description: 'One schema; null when there is none within reach.',
      args: { id: t.arg.id({ description: 'Its id.' }) },
      resolve: (_root, { id }, { services }) => services.schemas.byId(id),
    }),
  );
  builder.objectField(refs.point, 'schemas', (t) =>
    t.field({
      type: [schema],
      description: 'Schemas that hold for it, by name.',
      resolve: async (self, _args, { services }) => [...(await services.schemas.ofPoint(self))],
    }),
  );
  addGroups(builder, refs, own, inputs);
  addExpressionLanguage(builder);
  builder.mutationField('saveTelemetrySchema', (t) =>
    t.field({
      type: schema,
      authScopes: { permission: 'telemetry:write' },
      description: 'Makes or changes a schema. Its groups are other ones at once: none is kept.',
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveTelemetrySchemaResult' } },
      args: { input: t.arg({ type: inputs.save, description: 'The schema.' }) },
      resolve: (_root, { input }, { services }) => services.schemaSaving.save(input),
    }),
  );
  const removed = builder.objectRef<{ readonly id: string }>('DeletedTelemetrySchema').implement({
    description: 'A schema that is gone.',
    fields: (t) => ({ id: t.exposeID('id', { description: 'What its id was.' }) }),
  });
  builder.mutationField('deleteTelemetrySchema', (t) =>
    t.field({
      type: removed,
      authScopes: { permission: 'telemetry:write' },
      description: 'Removes a schema. What was measured stays as it is.',
      errors: { types: [NotFound, Conflict], union: { name: 'DeleteTelemetrySchemaResult' } },
      args: { id: t.arg.id({ description: 'The schema.' }) },
      resolve: async (_root, { id }, { services }) => ({ id: await services.schemaSaving.remove(id) }),
    }),
  );
}
