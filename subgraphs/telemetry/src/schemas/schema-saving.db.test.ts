import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { balanceSchema, saveSchema } from '../test-support/telemetry-schemas.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db);
const admin = testAdmin();
const { companyId, ...near } = await addPoint(db);
const far = await addPoint(db, { companyId });

const save = async (input: object, viewer = admin) =>
  JSON.parse(
    JSON.stringify(
      await world.get(
        `mutation ($input: SaveTelemetrySchemaInput!) { saveTelemetrySchema(input: $input) { __typename
          ... on TelemetrySchema { id name updatedAt shown points { code } quantities { name unit } calculatedFields { name expression decimals } validationRules { expression } }
          ... on Failure { reason } ... on ValidationFailed { fields { path code message } } } }`,
        viewer,
        { input: { ...balanceSchema, ...input } },
      ),
    ),
  ).saveTelemetrySchema;

describe('saveTelemetrySchema', () => {
  it('keeps a schema as it was given, and replaces it whole', async () => {
    const made = await save({ companyId, name: 'Entero', shown: ['gap', 'flow'] });
    expect(made).toMatchObject({
      ...{ name: 'Entero', shown: ['gap', 'flow'], points: [] },
      quantities: [
        { name: 'flow', unit: 'l/s' },
        { name: 'volume', unit: 'm3' },
        { name: 'level', unit: 'm' },
      ],
      calculatedFields: [{ name: 'by_flow', decimals: 1 }, { name: 'gap' }],
      validationRules: [{ expression: 'abs(gap) < 10' }],
    });
    const [flow] = balanceSchema.quantities;
    const changed = await save({
      id: made.id,
      name: 'Entero',
      quantities: [flow],
      calculatedFields: [],
      validationRules: [],
    });
    expect(changed).toMatchObject({ id: made.id, shown: ['flow'], calculatedFields: [], validationRules: [] });
  });

  it('refuses an expression that is wrong, at its field and column, and keeps nothing', async () => {
    const [byFlow, gap] = balanceSchema.calculatedFields;
    const calculatedFields = [{ ...byFlow, expression: 'gap + 1' }, gap];
    const refused = await save({ companyId, name: 'Circular', calculatedFields });
    expect(refused.fields).toEqual([
      {
        path: 'calculatedFields.0.expression',
        code: 'CYCLE',
        message: 'is made of itself (by_flow → gap → by_flow), at column 1',
      },
      {
        path: 'calculatedFields.1.expression',
        code: 'CYCLE',
        message: 'is made of itself (gap → by_flow → gap), at column 17',
      },
    ]);
    expect(await db.client.telemetrySchema.count({ where: { name: 'Circular' } })).toBe(0);
  });

  it('tells the second of two who changed the same one, and who takes a name that is taken', async () => {
    const made = await save({ companyId, name: 'Dos' });
    const change = () => save({ id: made.id, name: 'Dos', expectedUpdatedAt: made.updatedAt });
    const both = await Promise.all([change(), change()]);
    expect(both.map(({ __typename, reason }) => reason ?? __typename).sort()).toEqual(['STALE', 'TelemetrySchema']);
    expect(await save({ companyId, name: 'Dos' })).toEqual({ __typename: 'Conflict', reason: 'NAME_TAKEN' });
  });

  it('is changed by nobody who does not see all of its points', async () => {
    const made = await save({ companyId, name: 'Lejos', isForAllPoints: false, pointIds: [far.id, near.id] });
    expect(made.points).toHaveLength(2);
    const local = testViewer({ companyIds: [companyId], siteIds: [near.siteId] });
    const changed = { name: 'Lejos', isForAllPoints: false, pointIds: [near.id] };
    expect(await save({ id: made.id, ...changed }, local)).toMatchObject({ reason: 'NOT_ALL_SITES' });
    expect(await db.client.telemetrySchemaPoint.count({ where: { schemaId: made.id } })).toBe(2);
    expect(await save({ companyId, ...changed, name: 'Cerca', pointIds: [far.id] }, local)).toMatchObject({
      __typename: 'NotFound',
    });
  });

  it('writes each change and removal to the audit log with what was before', async () => {
    const id = await saveSchema(world, admin, { ...balanceSchema, companyId, name: 'Fugaz' });
    expect(
      await world.get(
        `mutation { deleteTelemetrySchema(id: "${id}") { ... on DeletedTelemetrySchema { id } } }`,
        admin,
      ),
    ).toEqual({
      deleteTelemetrySchema: { id },
    });
    const { rows } = await db.pool.query(
      `SELECT action, before->>'name' AS before, after->>'name' AS after, company_id AS company FROM access.audit_log
       WHERE entity_id = $1 ORDER BY at, id`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'telemetry.saveTelemetrySchema', before: null, after: 'Fugaz', company: companyId },
      { action: 'telemetry.deleteTelemetrySchema', before: 'Fugaz', after: null, company: companyId },
    ]);
    expect(await world.get(`mutation { deleteTelemetrySchema(id: "${id}") { __typename } }`, admin)).toEqual({
      deleteTelemetrySchema: { __typename: 'NotFound' },
    });
  });
});

describe('the tables of schemas', () => {
  const insert = (columns: string, values: string) =>
    db.pool.query(
      `WITH made AS (INSERT INTO telemetry.telemetry_schemas (company_id, name, type) VALUES (uuidv7(), 'x', 'CUSTOM') RETURNING id)
       INSERT INTO telemetry.telemetry_schema_columns (schema_id, position, ${columns}) SELECT id, 0, ${values} FROM made`,
    );
  const whole = `'a + 1', 'm', 1, 'A', 'A'`;

  it.each([
    ['half a quantity', 'name, variable', `'a', 'FLOW'`],
    ['a quantity with an expression', 'name, variable, aggregate, expression', `'a', 'FLOW', 'LAST', 'b'`],
    ['half a calculated field', 'name, expression', `'a', 'b'`],
    ['a column that is neither', 'name', `'a'`],
    ['the volume of a level', 'name, variable, aggregate', `'a', 'LEVEL', 'DELTA'`],
    ['a name that no expression could say', 'name, variable, aggregate', `'A b', 'FLOW', 'LAST'`],
  ])('refuse %s', async (_name, columns, values) => {
    await expect(insert(columns, values)).rejects.toThrow('check constraint');
  });

  it('take a whole one of either, and no point of another company', async () => {
    await insert('name, expression, unit, decimals, label_es, label_en', `'a', ${whole}`);
    await insert('name, variable, aggregate', `'a', 'TOTAL', 'DELTA'`);
    const id = await saveSchema(world, admin, { ...balanceSchema, companyId, name: 'Ajeno' });
    const stranger = await addPoint(db);
    for (const company of [companyId, stranger.companyId]) {
      await expect(
        db.pool.query('INSERT INTO telemetry.telemetry_schema_points VALUES ($1, $2, $3)', [id, stranger.id, company]),
      ).rejects.toThrow('foreign key');
    }
  });
});
