import type { Viewer } from '@cauce/shared/auth/viewer';
import type { TelemetryWorld } from './telemetry-world.ts';

/** What flowed by the counter against what the flow meter says, with a rule about it. */
export const balanceSchema = {
  name: 'Balance',
  type: 'REPORT',
  interval: 'HOUR',
  quantities: [
    { name: 'flow', variable: 'FLOW', aggregate: 'AVERAGE' },
    { name: 'volume', variable: 'TOTAL', aggregate: 'DELTA' },
    { name: 'level', variable: 'LEVEL', aggregate: 'LAST' },
  ],
  calculatedFields: [
    {
      ...{ name: 'by_flow', labelEs: 'Por caudal', labelEn: 'By flow', unit: 'm³', decimals: 1 },
      expression: 'flow * 3.6 * hours',
    },
    {
      ...{ name: 'gap', labelEs: 'Diferencia', labelEn: 'Gap', unit: '%', decimals: 1 },
      expression: '100 * (volume - by_flow) / volume',
    },
  ],
  validationRules: [
    { expression: 'abs(gap) < 10', sentenceEs: 'Totalizador y caudal difieren', sentenceEn: 'Counter and flow differ' },
  ],
} as const;

/** Keeps a schema and answers its id; throws what was wrong with it. */
export async function saveSchema(
  world: TelemetryWorld,
  viewer: Viewer,
  input: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { saveTelemetrySchema: saved } = JSON.parse(
    JSON.stringify(
      await world.get(
        `mutation ($input: SaveTelemetrySchemaInput!) { saveTelemetrySchema(input: $input) {
          __typename ... on TelemetrySchema { id } ... on ValidationFailed { fields { path code message } } } }`,
        viewer,
        { input },
      ),
    ),
  );
  if (saved.__typename !== 'TelemetrySchema') throw new Error(JSON.stringify(saved));
  return saved.id;
}
