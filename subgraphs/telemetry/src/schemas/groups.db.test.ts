import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { balanceSchema, saveSchema } from '../test-support/telemetry-schemas.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const store = createMessageStore(world.deps, 'cauce');
const admin = testAdmin();

type Reading = readonly [minute: number, values: Readonly<Record<string, number>>];
const start = Date.parse('2026-11-19T10:00:00Z');

const tell = async (code: string, readings: readonly Reading[]) => {
  for (const [minute, values] of readings) {
    const at = new Date(start + minute * 60_000);
    await store([{ topic: `cauce/${code}/up`, payload: Buffer.from(bodyOf(at, values)) }]);
  }
  await refreshRollups(db.client);
};

interface Cell {
  readonly name: string;
  readonly value: number | null;
}
interface Node {
  readonly from: string;
  readonly values: readonly Cell[];
}

const cells = 'name value unit decimals missing missingName missingColumn measuredAt isSuspect';
const groupsOf = async (code: string, schemaId: string, page = '', viewer = admin) => {
  const data = await world.get(
    `{ catchmentPoint(code: "${code}") { groups(schemaId: "${schemaId}", range: { from: "2026-11-19", to: "2026-11-19" }${page}) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { from to values { ${cells} } brokenRules { sentenceEs } } } } } }`,
    viewer,
  );
  return JSON.parse(JSON.stringify(data)).catchmentPoint.groups;
};
const nodesOf = (answer: { readonly edges: readonly { readonly node: Node }[] }) =>
  answer.edges.map(({ node }) => node);
const table = (nodes: readonly Node[]) =>
  nodes.map(({ from, values }) => [from.slice(11, 16), ...values.map(({ value }) => value)]);

// A pulse is 100 litres; 10 l/s are 36 m3 an hour, 360 pulses.
const readings: readonly Reading[] = [
  [0, { pulses: 0 }],
  [10, { flow: 10, level: 30 }],
  [40, { flow: 10 }],
  [60, { pulses: 360 }],
  [70, { flow: 20 }],
  [120, { pulses: 720, flow: 0 }],
  [180, { pulses: 720 }],
];

describe('CatchmentPoint.groups', async () => {
  const point = await addPoint(db);
  await tell(point.code, readings);
  const hourly = await saveSchema(world, admin, { ...balanceSchema, companyId: point.companyId });
  const finely = await saveSchema(world, admin, {
    ...{ ...balanceSchema, name: 'Fino', interval: 'MINUTES_30', toleranceMinutes: 25, companyId: point.companyId },
    ...{ shown: ['level', 'flow', 'volume'] },
  });

  it('puts the quantities of an hour side by side with what follows, and says why something has no value', async () => {
    const nodes = nodesOf(await groupsOf(point.code, hourly));
    expect(table(nodes)).toEqual([
      // The counter’s reading of 13:00 closes the hour of 12:00, in which nothing flowed.
      ['12:00', 0, 0, null, 0, null],
      ['11:00', 20, 36, null, 72, -100],
      ['10:00', 10, 36, 30, 36, 0],
      ['09:00', null, null, null, null, null],
    ]);
    const [quiet, odd, , first] = nodes;
    expect(quiet).toMatchObject({
      to: '2026-11-19T13:00:00.000Z',
      values: [
        { unit: 'l/s', decimals: null },
        {},
        { missing: 'NO_VALUE', missingName: 'level' },
        { unit: 'm³', decimals: 1 },
        { missing: 'DIVISION_BY_ZERO', missingColumn: 1 },
      ],
      brokenRules: [],
    });
    expect(odd).toMatchObject({ brokenRules: [{ sentenceEs: 'Totalizador y caudal difieren' }] });
    // A counter’s first reading moved nothing that is known.
    expect(first?.values.at(4)).toMatchObject({ missing: 'NO_VALUE', missingName: 'volume', missingColumn: 28 });
  });

  it('makes shorter groups of the measurements themselves, and takes what stood still from before as far as allowed', async () => {
    const nodes = nodesOf(await groupsOf(point.code, finely));
    expect(table(nodes)).toEqual([
      ['12:30', null, null, 0],
      ['12:00', null, 0, null],
      ['11:30', null, null, 36],
      ['11:00', null, 20, null],
      ['10:30', 30, 10, 36],
      ['10:00', 30, 10, null],
      ['09:30', null, null, null],
    ]);
    expect(nodes[4]?.values[0]).toMatchObject({ value: 30, measuredAt: '2026-11-19T10:10:00.000Z' });
    expect(nodes[5]?.values[0]).toMatchObject({ value: 30, measuredAt: null });
  });

  it('is paged without a gap or a repeat, and counts what it has', async () => {
    for (const schema of [hourly, finely]) {
      const whole = await groupsOf(point.code, schema);
      const seen: Node[] = [];
      for (let after = ''; ; ) {
        const page = await groupsOf(point.code, schema, `, first: 2${after}`);
        seen.push(...nodesOf(page));
        if (!page.pageInfo.hasNextPage) break;
        after = `, after: "${page.pageInfo.endCursor}"`;
      }
      expect(seen).toEqual(nodesOf(whole));
      expect(whole.totalCount).toBe(seen.length);
    }
  });

  it('comes to the same in whatever order readings arrive, twice or late', async () => {
    const expected = [await groupsOf(point.code, hourly), await groupsOf(point.code, finely)].map(nodesOf);
    for (const order of [
      [6, 5, 4, 3, 2, 1, 0],
      [3, 3, 0, 5, 1, 6, 2, 0, 4],
    ]) {
      const late = await addPoint(db, { companyId: point.companyId });
      await tell(
        late.code,
        order.map((index) => readings[index] ?? [0, {}]),
      );
      expect([await groupsOf(late.code, hourly), await groupsOf(late.code, finely)].map(nodesOf)).toEqual(expected);
    }
  });

  it('shows a late reading to the next who looks', async () => {
    const late = await addPoint(db, { companyId: point.companyId });
    const [first, missed, ...others] = readings;
    if (first === undefined || missed === undefined) throw new Error('There are no readings');
    await tell(late.code, [first, ...others]);
    const ask = async () => [await groupsOf(late.code, hourly), await groupsOf(late.code, finely)].map(nodesOf);
    const before = await ask();
    await tell(late.code, [missed]);
    const after = await ask();
    expect(after).not.toEqual(before);
    expect(after).toEqual([await groupsOf(point.code, hourly), await groupsOf(point.code, finely)].map(nodesOf));
  });

  it('shows a change of the schema at once: nothing is kept that could be old', async () => {
    const id = await saveSchema(world, admin, { ...balanceSchema, name: 'Otro', companyId: point.companyId });
    const [field] = balanceSchema.calculatedFields;
    const changed = {
      ...balanceSchema,
      name: 'Otro',
      id,
      calculatedFields: [{ ...field, expression: 'flow + 1' }],
      validationRules: [],
    };
    await saveSchema(world, admin, changed);
    expect(nodesOf(await groupsOf(point.code, id)).map(({ values }) => values[3]?.value)).toEqual([1, 21, 11, null]);
  });

  it('asks as many statements for many points as for one', async () => {
    const company = point.companyId;
    const other = await addPoint(db, { companyId: company, code: 'SOLO-UNO' });
    const ask = (search: string) =>
      world.get(
        `{ catchmentPoints(filter: { search: "${search}", companyIds: ["${company}"] }) { edges { node { schemas { name }
          groups(schemaId: "${hourly}", range: { from: "2026-11-19", to: "2026-11-19" }) { edges { node { from } } } } } } }`,
        admin,
      );
    const one = await world.countStatements(() => ask(other.code));
    expect(await world.countStatements(() => ask(''))).toBe(one);
  });

  it('is not there for a schema of another company, one for other points, or one that does not exist', async () => {
    const stranger = await addPoint(db);
    const named = { ...balanceSchema, name: 'Solo', companyId: point.companyId, isForAllPoints: false, pointIds: [] };
    const foreign = await saveSchema(world, admin, { ...balanceSchema, companyId: stranger.companyId });
    for (const id of [foreign, await saveSchema(world, admin, named), 'nada', point.id]) {
      expect(await groupsOf(point.code, id)).toBeNull();
    }
  });

  it('refuses a period that would be too much at once, and a cursor of another list', async () => {
    const ask = (range: string, page = '') =>
      world.refused(
        `{ catchmentPoint(code: "${point.code}") { groups(schemaId: "${finely}", range: ${range}${page}) { totalCount } } }`,
        admin,
      );
    expect(await ask('{ from: "2026-01-01", to: "2026-11-19" }')).toBe('BAD_USER_INPUT');
    expect(await ask('{ from: "2026-11-19", to: "2026-11-18" }')).toBe('BAD_USER_INPUT');
    expect(await ask('{ from: "2026-11-19", to: "2026-11-19" }', ', after: "WyJ4Il0"')).toBe('BAD_USER_INPUT');
  });
});

describe('previewTelemetrySchema', async () => {
  const point = await addPoint(db);
  await tell(point.code, readings);
  const { name: _, type: _type, ...shape } = balanceSchema;
  const preview = async (input: object, pointId: string | null = point.id, viewer = admin) =>
    JSON.parse(
      JSON.stringify(
        await world.get(
          `query ($input: PreviewTelemetrySchemaInput!, $pointId: ID) { previewTelemetrySchema(input: $input, pointId: $pointId, rows: 2) {
            __typename ... on ValidationFailed { fields { path } } ... on TelemetrySchemaPreview { order problems { path code detail column length }
            failures { path code } groups { from values { ${cells} } } } } }`,
          viewer,
          { input, pointId },
        ),
      ),
    ).previewTelemetrySchema;

  it('shows a point’s newest groups before anything is kept', async () => {
    const shown = await preview(shape);
    expect(shown).toMatchObject({ problems: [], failures: [], order: ['by_flow', 'gap'] });
    expect(table(shown.groups)).toEqual([
      ['12:00', 0, 0, null, 0, null],
      ['11:00', 20, 36, null, 72, -100],
    ]);
    const kept = await world.get(
      `{ telemetrySchemas(filter: { companyIds: ["${point.companyId}"] }) { totalCount } }`,
      admin,
    );
    expect(kept).toEqual({ telemetrySchemas: { totalCount: 0 } });
  });

  it('tells each expression’s problem at its column, and works out the others', async () => {
    const [byFlow] = balanceSchema.calculatedFields;
    const broken = { ...byFlow, name: 'broken', expression: 'flow * nivel' };
    const shown = await preview({ ...shape, calculatedFields: [byFlow, broken], validationRules: [] });
    expect(shown.problems).toEqual([
      { path: 'calculatedFields.1.expression', code: 'UNKNOWN_NAME', detail: 'nivel', column: 8, length: 5 },
    ]);
    expect(shown.groups[1].values.slice(3)).toMatchObject([{ value: 72 }, { value: null, missing: 'INVALID' }]);
  });

  it('names what is wrong apart from expressions', async () => {
    const quantities = [
      { name: 'hours', variable: 'FLOW', aggregate: 'DELTA' },
      { name: 'a', variable: 'FLOW', aggregate: 'LAST' },
      { name: 'a', variable: 'LEVEL', aggregate: 'LAST' },
      { name: 'in', variable: 'LEVEL', aggregate: 'LAST' },
    ];
    const shown = await preview({ ...shape, quantities, calculatedFields: [], validationRules: [], shown: ['a', 'b'] });
    expect(shown.failures).toEqual([
      { path: 'quantities.0.name', code: 'NAME_RESERVED' },
      { path: 'quantities.2.name', code: 'NAME_TAKEN' },
      { path: 'quantities.3.name', code: 'NAME_RESERVED' },
      { path: 'shown.1', code: 'UNKNOWN_NAME' },
      { path: 'quantities.0.aggregate', code: 'NO_COUNTER' },
    ]);
    expect(shown.groups).toBeNull();
    expect(await preview({ ...shape, quantities: [] })).toMatchObject({
      __typename: 'ValidationFailed',
      fields: [{ path: 'quantities' }],
    });
  });

  it('checks and shows nothing of a point that is out of reach', async () => {
    const stranger = testViewer({ companyIds: [point.companyId], siteIds: [] });
    expect(await preview(shape, point.id, stranger)).toMatchObject({ problems: [], groups: null });
    expect(await preview(shape, null)).toMatchObject({ groups: null });
  });
});
