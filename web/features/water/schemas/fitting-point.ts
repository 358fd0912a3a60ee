import type { NamedPoint } from '../place-choice.ts';
import type { SchemaDraft } from './schema-draft.ts';

export interface MeasuringPoint extends NamedPoint {
  readonly latest: readonly { readonly variable: string }[];
}

/** The point that measures most of what a schema asks for: the one to try it on first. Empty where there is none. */
export function fittingPoint({ quantities }: SchemaDraft, points: readonly MeasuringPoint[]): string {
  const measured = ({ latest }: MeasuringPoint) =>
    quantities.filter(({ variable }) => latest.some((one) => one.variable === variable)).length;
  return points.toSorted((one, other) => measured(other) - measured(one))[0]?.id ?? '';
}
