import {
  GraphQLEnumType,
  type GraphQLField,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLObjectType,
  type GraphQLSchema,
  graphql,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createAccessSchema } from './schema.ts';

const schema = createAccessSchema();
const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('_'));
const rootFields = (of: GraphQLSchema) =>
  [of.getQueryType(), of.getMutationType(), of.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_')),
  );

/** What stands before a field; Pothos keeps the options it was made with. */
const questionBefore = ({ extensions }: GraphQLField<unknown, unknown>): unknown =>
  Reflect.get(Object(extensions.pothosOptions), 'authScopes');

describe('the access schema', () => {
  it('asks a question before each root field: nothing is open by forgetting', () => {
    const open = rootFields(schema).filter((field) => questionBefore(field) === undefined);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('lets in who is nobody only to sign in, stay signed in and sign out', () => {
    const forAnybody = rootFields(schema).filter((field) => typeof questionBefore(field) === 'function');
    expect(forAnybody.map(({ name }) => name).sort()).toEqual(['refreshSession', 'signIn', 'signOut']);
  });

  it('lets the gateway keep of a place only what stands in the tables that announce their changes', () => {
    const announced: Record<string, readonly string[]> = {
      Company: ['id', 'code', 'name', 'taxId', 'currency', 'timeZone', 'country', 'isActive', 'sites'],
      Site: ['id', 'code', 'name', 'kind', 'timeZone', 'latitude', 'longitude', 'address', 'isActive', 'company'],
    };
    for (const place of ['Company', 'Site']) {
      announced[`${place}Connection`] = ['edges', 'pageInfo', 'totalCount'];
      announced[`${place}Edge`] = ['cursor', 'node'];
    }
    const kept = own.filter(({ extensions }) => JSON.stringify(extensions.directives ?? null).includes('cacheControl'));
    expect(kept.map(({ name }) => name).sort()).toEqual(Object.keys(announced).sort());
    for (const type of kept) {
      // A field that is made from anything else would be kept without ever being told of a change.
      const fields = type instanceof GraphQLObjectType ? Object.keys(type.getFields()) : [];
      expect(fields.sort()).toEqual([...(announced[type.name] ?? [])].sort());
    }
  });

  it('spares what the gateway keeps only in mutations that touch no company and no site', () => {
    const sparing = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ extensions }) =>
      JSON.stringify(extensions.directives ?? null).includes('sparesCache'),
    );
    expect(sparing.map(({ name }) => name).sort()).toEqual(['changePassword', 'refreshSession', 'signIn', 'signOut']);
  });

  it('describes every type, field, argument and input', () => {
    const undescribed: string[] = [];
    const check = (place: string, description: string | null | undefined) => {
      if (!description) undescribed.push(place);
    };
    for (const type of own) {
      if (type instanceof GraphQLEnumType) check(type.name, type.description);
      if (type instanceof GraphQLInputObjectType) {
        check(type.name, type.description);
        for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field.description);
      }
      if (!(type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType)) continue;
      const isRelay = /(Connection|Edge|PageInfo)$/.test(type.name);
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith('_') || isRelay) continue;
        check(`${type.name}.${field.name}`, field.description);
        for (const arg of field.args) {
          if (!['first', 'after', 'last', 'before'].includes(arg.name))
            check(`${type.name}.${field.name}(${arg.name})`, arg.description);
        }
      }
    }
    expect(undescribed).toEqual([]);
  });

  it('takes one `input` in every mutation, named for it', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const { name, args } of fields) {
      const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
      expect(
        args.map((arg) => `${arg.name}: ${arg.type}`),
        name,
      ).toEqual([`input: ${typeName}`]);
    }
  });

  it('hides from clients how the gateway learns who asks', async () => {
    const sdl = JSON.parse(JSON.stringify(await graphql({ schema, source: '{ _service { sdl } }' }))).data._service.sdl;
    expect(sdl).toMatch(/authenticate\([^)]*\): JSON! @inaccessible/);
    expect(sdl).toMatch(/recordApiKeyUsage\([^)]*\): Boolean! @inaccessible/);
    expect(sdl).toMatch(/apiKeyManifest\([^)]*\): JSON! @inaccessible/);
    for (const input of [
      'AuthenticateInput',
      'SessionClaimsInput',
      'ApiKeyReferenceInput',
      'RecordApiKeyUsageInput',
      'ApiKeyUsageEntryInput',
      'ApiKeyManifestInput',
    ]) {
      expect(sdl).toMatch(new RegExp(`input ${input}\\s+@inaccessible`));
    }
    expect(sdl).toMatch(/type Site\s+@key\(fields: "id"\)\s+@key\(fields: "code"\)/);
  });
});
