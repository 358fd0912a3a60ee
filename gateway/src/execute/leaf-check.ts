import { type GraphQLOutputType, isEnumType } from 'graphql';
import type { GeneratedCode } from './generated-code.ts';

/**
 * Text that is true when `value` may stand as a leaf of this type; null when anything may (scalars of our own, whose
 * shape only their subgraph knows). Null and undefined count as not allowed: the caller tells them apart.
 */
export function leafCheck(code: GeneratedCode, type: GraphQLOutputType, value: string): string | null {
  if (isEnumType(type)) {
    // Values that the graph hides from clients are not among these.
    const names = new Set(type.getValues().map(({ name }) => name));
    return `${code.constant(names)}.has(${value})`;
  }
  switch (String(type)) {
    case 'String':
      return `typeof ${value} === 'string'`;
    case 'ID':
      return `typeof ${value} === 'string' || (Number.isInteger(${value}) && (${value} = String(${value}), true))`;
    case 'Boolean':
      return `typeof ${value} === 'boolean'`;
    case 'Int':
      return `typeof ${value} === 'number' && (${value} | 0) === ${value}`;
    case 'Float':
      return `typeof ${value} === 'number' && Number.isFinite(${value})`;
    default:
      return null;
  }
}
