import type { Prisma } from '@cauce/prisma/client';
import type { CalculatedField, SchemaQuantity, SchemaShape } from './compile-schema.ts';

/** What is read with a schema: its columns and rules in their order. */
export const schemaParts = {
  columns: { orderBy: { position: 'asc' } },
  rules: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.TelemetrySchemaInclude;

/** A schema as it is stored. */
export type TelemetrySchemaRow = Prisma.TelemetrySchemaGetPayload<{ include: typeof schemaParts }>;

export interface LabelledField extends CalculatedField {
  readonly unit: string;
  readonly labelEs: string;
  readonly labelEn: string;
}

export interface ValidationRule {
  readonly expression: string;
  readonly sentenceEs: string;
  readonly sentenceEn: string;
}

export interface ReadShape extends SchemaShape {
  readonly quantities: readonly SchemaQuantity[];
  readonly calculatedFields: readonly LabelledField[];
  readonly validationRules: readonly ValidationRule[];
  /** Names of what is shown, in order. */
  readonly shown: readonly string[];
}

/** The parts of a stored schema, told apart. The table holds that a column is one or the other. */
export function shapeOf({ columns, rules }: Pick<TelemetrySchemaRow, 'columns' | 'rules'>): ReadShape {
  return {
    quantities: columns.flatMap(({ name, variable, aggregate }) =>
      variable === null || aggregate === null ? [] : [{ name, variable, aggregate }],
    ),
    calculatedFields: columns.flatMap(({ name, expression, unit, decimals, labelEs, labelEn }) =>
      expression === null
        ? []
        : [
            {
              name,
              expression,
              unit: unit ?? '',
              decimals: decimals ?? 0,
              labelEs: labelEs ?? name,
              labelEn: labelEn ?? name,
            },
          ],
    ),
    validationRules: rules,
    shown: columns
      .filter(({ shownPosition }) => shownPosition !== null)
      .sort((one, other) => (one.shownPosition ?? 0) - (other.shownPosition ?? 0))
      .map(({ name }) => name),
  };
}
