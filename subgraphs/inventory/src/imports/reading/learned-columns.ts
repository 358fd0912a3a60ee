import type { ImportField } from './headings.ts';
import { plainWords } from './plain-words.ts';

/** How a company's people have read their headings before; it goes into the thread that reads, as it is. */
export interface LearnedColumns {
  /** By `headingsKey`: the field of each heading of that line, in order; null for one that means nothing. */
  readonly lines: ReadonlyMap<string, readonly (ImportField | null)[]>;
  /** Headings that our own list does not know, as `plainWords` gives them. */
  readonly synonyms: ReadonlyMap<string, ImportField>;
}

export const nothingLearned: LearnedColumns = { lines: new Map(), synonyms: new Map() };

/** What tells one line of headings from another: the words, in order. */
export const headingsKey = (headings: readonly string[]): string => JSON.stringify(headings.map(plainWords));
