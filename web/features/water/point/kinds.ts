import type { VariableKind } from '../../../graphql/generated/graphql.ts';
import type { SeriesColor } from '../../../ui/charts/chart-data.ts';

export const usualOrder = [
  'FLOW',
  'AVERAGE_FLOW',
  'LEVEL',
  'TOTAL',
  'TEMPERATURE',
  'PRESSURE',
  'PH',
  'CONDUCTIVITY',
  'TURBIDITY',
] as const satisfies readonly VariableKind[];

/** Digits that a sensor of the quantity can mean. */
export const kindDigits: Readonly<Record<VariableKind, number>> = {
  FLOW: 1,
  AVERAGE_FLOW: 1,
  LEVEL: 2,
  TOTAL: 0,
  TEMPERATURE: 1,
  PRESSURE: 2,
  PH: 2,
  CONDUCTIVITY: 0,
  TURBIDITY: 1,
};

/** The same quantity has the same colour wherever it is drawn. */
export const kindColors: Readonly<Record<VariableKind, SeriesColor>> = {
  FLOW: 'brand',
  AVERAGE_FLOW: 'brand',
  LEVEL: 'blue',
  TOTAL: 'slate',
  TEMPERATURE: 'ochre',
  PRESSURE: 'plum',
  PH: 'ochre',
  CONDUCTIVITY: 'plum',
  TURBIDITY: 'slate',
};

/** Quantities in the order in which people look at them. */
export function byUsualOrder<Item>(items: readonly Item[], kindOf: (item: Item) => VariableKind): readonly Item[] {
  return items.toSorted((one, other) => usualOrder.indexOf(kindOf(one)) - usualOrder.indexOf(kindOf(other)));
}
