import type { Shape } from '../shape.ts';

/** How a cell's value is to be read. Exact decimals count as text wherever a float would lose digits. */
export type CellKind = 'text' | 'number' | 'decimal' | 'boolean' | 'instant' | 'day' | 'json';

/** One column of a file: a leaf of the row, named by its path. */
export interface Column {
  /** `site.code` */
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: CellKind;
  readonly description: string | null;
}

const kinds: Readonly<Record<string, CellKind>> = {
  Int: 'number',
  Float: 'number',
  Decimal: 'decimal',
  Boolean: 'boolean',
  DateTime: 'instant',
  Date: 'day',
};

/** The columns of rows of a shape, in the order of the operation's selection. A list is one cell. */
export function columnsOf(row: Shape, path: readonly string[] = []): readonly Column[] {
  return [...(row.fields ?? [])].flatMap(([name, shape]): readonly Column[] => {
    const here = [...path, name];
    if (shape.fields !== null) return columnsOf(shape, here);
    const kind = shape.item !== null ? 'json' : (kinds[shape.leaf?.name ?? ''] ?? textOrJson(shape));
    return [{ name: here.join('.'), path: here, kind, description: shape.description }];
  });
}

/** What stands in a row's cell; null where an object on the way is missing. */
export function cellOf(row: unknown, { path }: Column): unknown {
  let value = row;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = Reflect.get(value, name);
  }
  return value ?? null;
}

function textOrJson({ leaf }: Shape): CellKind {
  return leaf?.name === 'JSON' ? 'json' : 'text';
}
