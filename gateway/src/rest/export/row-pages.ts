import { AppError } from '@cauce/shared/errors/app-error';
import { valueAt } from '../answer.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { Refusal } from '../refusal.ts';
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

/** A page is not made smaller than this; who may not ask for so little may not read the table. */
const smallestPage = 10;

/**
 * All pages, one after the other; the next is asked for only when the one before was taken. Rows are counted with the
 * first at most, since counting costs as much each time. Pages shrink to what the asker may spend at once.
 */
export async function* allPages(
  dataset: Dataset,
  variables: Readonly<Record<string, unknown>>,
  read: ReadPage,
  { pageSize, isCounted }: { readonly pageSize: number; readonly isCounted: boolean },
): AsyncGenerator<RowPage, void> {
  let after: unknown = variables.after;
  let counted = isCounted;
  let limit = pageSize;
  for (;;) {
    let page: RowPage;
    try {
      const asked = dataset.connection === null ? variables : { ...variables, after, counted, limit };
      page = pageFrom(dataset, await read(asked));
    } catch (error) {
      const isTooCostly = error instanceof Refusal && error.code === 'OPERATION_TOO_COSTLY';
      if (!isTooCostly || dataset.connection === null || limit <= smallestPage) throw error;
      limit = Math.max(smallestPage, Math.floor(limit / 2));
      continue;
    }
    counted = false;
    yield page;
    if (page.next === null) return;
    if (page.next === after) throw new AppError('INTERNAL', `The dataset ${dataset.name} repeats a page`);
    after = page.next;
  }
}
