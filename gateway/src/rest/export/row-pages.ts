import { AppError } from '@cauce/shared/errors/app-error';
import { valueAt } from '../answer.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { AnswerData } from '../run-operation.ts';

export interface RowPage {
  readonly rows: readonly unknown[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  /** Rows in the whole filtered table, where the operation asks for it. */
  readonly total: number | null;
}

/** Reads one page; the variables it is given carry `after` and `limit`. */
export type ReadPage = (variables: Readonly<Record<string, unknown>>) => Promise<AnswerData>;

/** One page of a dataset. */
export function pageFrom(dataset: Dataset, data: AnswerData): RowPage {
  const rows = valueAt(data, dataset.rows);
  const { connection } = dataset;
  const list = Array.isArray(rows) ? rows : [];
  if (connection === null) return { rows: list, next: null, total: list.length };
  const hasNext = valueAt(data, `${connection}.pageInfo.hasNextPage`) === true;
  const cursor = valueAt(data, `${connection}.pageInfo.endCursor`);
  const total = valueAt(data, `${connection}.totalCount`);
  return {
    rows: list,
    next: hasNext && typeof cursor === 'string' ? cursor : null,
    total: typeof total === 'number' ? total : null,
  };
}

/**
 * All pages, one after the other; the next is asked for only when the one before was taken. Rows are counted with the
 * first at most, since counting costs as much each time.
 */
export async function* allPages(
  dataset: Dataset,
  variables: Readonly<Record<string, unknown>>,
  read: ReadPage,
  { pageSize, isCounted }: { readonly pageSize: number; readonly isCounted: boolean },
): AsyncGenerator<RowPage, void> {
  let after: unknown = variables.after;
  let counted = isCounted;
  for (;;) {
    const data = await read(
      dataset.connection === null ? variables : { ...variables, after, counted, limit: pageSize },
    );
    counted = false;
    const page = pageFrom(dataset, data);
    yield page;
    if (page.next === null) return;
    if (page.next === after) throw new AppError('INTERNAL', `The dataset ${dataset.name} repeats a page`);
    after = page.next;
  }
}
