import type { ClientBase } from 'pg';
import { demoId } from '../demo-id.ts';
import { type DemoCompany, demoCompanies } from '../demo-places.ts';
import { insertTelemetryRows } from './rows.ts';

type Quantity = readonly [name: string, variable: string, aggregate: string];
type Field = readonly [name: string, expression: string, unit: string, decimals: number, es: string, en: string];
type Rule = readonly [expression: string, es: string, en: string];

interface DemoSchema {
  readonly name: string;
  readonly type: string;
  readonly interval: string;
  readonly chart: string;
  /** What is only calculated with. */
  readonly hidden?: readonly string[];
  readonly quantities: readonly Quantity[];
  readonly fields: readonly Field[];
  readonly rules: readonly Rule[];
}

const schemas: readonly DemoSchema[] = [
  {
    ...{ name: 'Caudal y totalizador', type: 'REPORT', interval: 'HOUR', chart: 'LINES', hidden: ['flow'] },
    quantities: [
      ['volume', 'TOTAL', 'DELTA'],
      ['flow', 'FLOW', 'AVERAGE'],
    ],
    fields: [
      ['by_flow', 'flow * 3.6 * hours', 'm3', 1, 'Volumen según caudal', 'Volume by flow'],
      ['difference', 'volume - by_flow', 'm3', 1, 'Diferencia', 'Difference'],
      ['difference_pct', '100 * difference / volume', '%', 1, 'Diferencia relativa', 'Relative difference'],
    ],
    rules: [
      [
        'volume < 5 || abs(difference_pct) < 20',
        'El totalizador y el caudal no cuentan lo mismo.',
        'The counter and the flow do not count the same.',
      ],
    ],
  },
  {
    ...{ name: 'Descenso del nivel', type: 'DASHBOARD', interval: 'DAY', chart: 'LINES' },
    quantities: [
      ['rest_level', 'LEVEL', 'MINIMUM'],
      ['pumping_level', 'LEVEL', 'MAXIMUM'],
      ['peak_flow', 'FLOW', 'MAXIMUM'],
    ],
    fields: [
      ['drawdown', 'pumping_level - rest_level', 'm', 2, 'Descenso', 'Drawdown'],
      ['specific_capacity', 'peak_flow / drawdown', 'l/s/m', 2, 'Caudal específico', 'Specific capacity'],
      ['water_column', 'well_depth - pumping_level', 'm', 1, 'Columna de agua', 'Water column'],
    ],
    rules: [
      ['water_column > 10', 'Queda poca agua sobre el fondo del pozo.', 'Little water is left above the bottom.'],
    ],
  },
  {
    ...{ name: 'Uso del derecho', type: 'COMPLIANCE', interval: 'DAY', chart: 'BARS' },
    quantities: [
      ['volume', 'TOTAL', 'DELTA'],
      ['flow', 'FLOW', 'AVERAGE'],
      ['peak_flow', 'FLOW', 'MAXIMUM'],
    ],
    fields: [
      ['peak_share', '100 * peak_flow / granted_flow', '%', 0, 'Del caudal otorgado', 'Of the granted flow'],
      [
        'year_share',
        '36500 * volume / granted_volume',
        '%',
        0,
        'Del volumen anual, a este ritmo',
        'Of the yearly volume, at this rate',
      ],
      ['running', 'min(hours, volume / (3.6 * peak_flow))', 'h', 1, 'Horas de bombeo', 'Hours of pumping'],
    ],
    rules: [['peak_share <= 100', 'El caudal superó el otorgado.', 'The flow was above what was granted.']],
  },
];

/** Three schemas of each company, for all of its points. */
export async function seedSchemas(client: ClientBase): Promise<void> {
  const owned = Object.values(demoCompanies).flatMap((company) => schemas.map((schema) => ({ schema, company })));
  const rows = (table: string, made: readonly Readonly<Record<string, unknown>>[]) =>
    insertTelemetryRows(client, table, made);
  await rows(
    'telemetry_schemas',
    owned.map(({ schema, company }) => schemaRow(schema, company)),
  );
  await rows(
    'telemetry_schema_columns',
    owned.flatMap(({ schema, company }) => columnRows(schema, company)),
  );
  await rows(
    'telemetry_schema_rules',
    owned.flatMap(({ schema, company }) => ruleRows(schema, company)),
  );
}

const idOf = ({ name }: DemoSchema, { id }: DemoCompany) => demoId('telemetry-schema', `${id}:${name}`);

const since = '2026-01-01T00:00:00Z';

function schemaRow(schema: DemoSchema, company: DemoCompany) {
  const { name, type, interval, chart } = schema;
  return {
    ...{ id: idOf(schema, company), company_id: company.id, name, type, interval, chart },
    ...{ tolerance_minutes: 0, is_for_all_points: true, created_at: since, updated_at: since },
  };
}

function columnRows(schema: DemoSchema, company: DemoCompany) {
  const own = { schema_id: idOf(schema, company) };
  const none = {
    variable: null,
    aggregate: null,
    expression: null,
    unit: null,
    decimals: null,
    label_es: null,
    label_en: null,
  };
  return [
    ...schema.quantities.map(([name, variable, aggregate]) => ({ ...own, ...none, name, variable, aggregate })),
    ...schema.fields.map(([name, expression, unit, decimals, label_es, label_en]) => ({
      ...{ ...own, ...none, name, expression, unit },
      ...{ decimals, label_es, label_en },
    })),
  ].map((row, position) => ({
    ...{ ...row, position },
    shown_position: schema.hidden?.includes(row.name) ? null : position,
  }));
}

function ruleRows(schema: DemoSchema, company: DemoCompany) {
  return schema.rules.map(([expression, sentence_es, sentence_en], position) => ({
    ...{ schema_id: idOf(schema, company), position, expression },
    ...{ sentence_es, sentence_en },
  }));
}
