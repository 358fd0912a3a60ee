import { z } from 'zod';

/** A table that partners read: pages of JSON, or the whole of it as a file. */
export interface Dataset {
  /** In its address: `/api/data/{name}`. */
  readonly name: string;
  /** Names that source systems know it by. */
  readonly aliases?: readonly string[];
  /** The operation file; its variables are the filters, with `limit` and `after` where it is paged. */
  readonly operation: string;
  readonly title: string;
  readonly description?: string;
  /** Where the connection stands in the answer; null for a list that comes at once. */
  readonly connection: string | null;
  /** Where the one thing stands that the rows belong to; null there is answered 404. */
  readonly one?: string;
  /** Where the rows stand in the answer. */
  readonly rows: string;
}

/** Rows of a page. */
export const pageSizeSchema = z.int().min(1).max(200);

/** Rows of an .xlsx file, which is made in memory; text files have no such limit. */
export const maxWorkbookRows = 10_000;
