import { AppError } from '@cauce/shared/errors/app-error';
import type { DocumentNode } from 'graphql';
import { measureShape, type OperationShape } from './measure-shape.ts';
import type { OperationLimits } from './operation-limits.ts';

const rules = [
  ['depth', 'maxDepth', 'OPERATION_TOO_DEEP', 'levels of fields'],
  ['aliases', 'maxAliases', 'TOO_MANY_ALIASES', 'aliases'],
  ['directives', 'maxDirectives', 'TOO_MANY_DIRECTIVES', 'directives'],
  ['rootFields', 'maxRootFields', 'TOO_MANY_ROOT_FIELDS', 'root fields'],
  ['selections', 'maxSelections', 'TOO_MANY_SELECTIONS', 'fields and fragments'],
  ['repeats', 'maxRepeats', 'TOO_MANY_SELECTIONS', 'fields of one name side by side'],
] as const satisfies readonly (readonly [keyof OperationShape, keyof OperationLimits, string, string])[];

/** Makes the check of a parsed document's size; it throws the code of the first limit that is passed. */
export function createShapeCheck(limits: OperationLimits): (document: DocumentNode) => void {
  return (document) => {
    const shape = measureShape(document);
    for (const [measure, limitName, code, what] of rules) {
      const [measured, limit] = [shape[measure], limits[limitName]];
      if (measured <= limit) continue;
      throw new AppError(code, `The operation has ${measured} ${what}; at most ${limit} are answered`, {
        detail: { measured, limit },
      });
    }
  };
}
