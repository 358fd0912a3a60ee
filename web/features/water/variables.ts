/** The variables with a place of their own on the pages; every other one appears under its code. */
export const variableCodes = { flow: 'FLOW', level: 'LEVEL', volume: 'TOTAL' } as const;
export type VariableName = keyof typeof variableCodes;

interface Value {
  readonly variable: string;
  readonly value: number | null;
  readonly unit: string;
}

/** The newest value of one variable of a point, or null where the point does not measure it. */
export function newestValue<Latest extends Value>(latest: readonly Latest[], name: VariableName): Latest | null {
  return latest.find(({ variable }) => variable === variableCodes[name]) ?? null;
}

/** Digits that a sensor of this variable can mean. */
export const variableDigits: Readonly<Record<VariableName, number>> = { flow: 1, level: 1, volume: 0 };
