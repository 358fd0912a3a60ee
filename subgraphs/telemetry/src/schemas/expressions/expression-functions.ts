/** A function that expressions may call: numbers in, a number out. */
export interface NumberFunction {
  readonly name: string;
  /** How many arguments it takes, at least and at most. */
  readonly least: number;
  readonly most: number;
  apply(numbers: readonly number[]): number;
}

const one = (name: string, apply: (x: number) => number): NumberFunction => ({
  ...{ name, least: 1, most: 1 },
  apply: ([x = Number.NaN]) => apply(x),
});

/** Everything that can be called, beside `known` and `or_else`, which ask whether there is a value. */
export const numberFunctions: readonly NumberFunction[] = [
  one('abs', Math.abs),
  one('ceil', Math.ceil),
  one('exp', Math.exp),
  one('floor', Math.floor),
  one('ln', Math.log),
  one('log10', Math.log10),
  { name: 'max', least: 2, most: 6, apply: (numbers) => Math.max(...numbers) },
  { name: 'min', least: 2, most: 6, apply: (numbers) => Math.min(...numbers) },
  { name: 'pow', least: 2, most: 2, apply: ([base = Number.NaN, power = Number.NaN]) => base ** power },
  one('round', Math.round),
  one('sqrt', Math.sqrt),
];

/** `known(x)`: whether x has a value. `or_else(x, y)`: x, or y where x has none. Their first argument is a name. */
export const valueFunctions = ['known', 'or_else'] as const;

/** What the operators do, by the names that they are lowered to. */
export const operatorFunctions: readonly NumberFunction[] = [
  { name: '+', least: 2, most: 2, apply: ([a = Number.NaN, b = Number.NaN]) => a + b },
  { name: '-', least: 2, most: 2, apply: ([a = Number.NaN, b = Number.NaN]) => a - b },
  { name: '*', least: 2, most: 2, apply: ([a = Number.NaN, b = Number.NaN]) => a * b },
  { name: '/', least: 2, most: 2, apply: ([a = Number.NaN, b = Number.NaN]) => a / b },
];
