import type { NewEvent } from '@cauce/shared/events/outbox';
import type { PoolClient } from 'pg';
import type { ErpRow } from '../erp-entity.ts';
import type { CopyValue } from './copy-text.ts';

/** Whose rows are copied, and when. */
export interface CopyTarget {
  readonly installationId: string;
  readonly companyId: string;
  /** Zone of the ERP's clock. */
  readonly timeZone: string;
  readonly now: Date;
  /** Changes are told; not those of the first copy, which are all of it. */
  readonly isAnnounced: boolean;
}

export interface Merged {
  readonly created: number;
  readonly updated: number;
  readonly failed: readonly FailedRow[];
  readonly events: readonly NewEvent[];
}

export interface FailedRow {
  readonly key: string;
  readonly reason: string;
}

/** Rows for the tables of a stage, in their order: one for the first table. */
export type StagedRow = readonly (readonly (readonly CopyValue[])[])[];

export interface StageTable {
  readonly name: string;
  /** Columns as in CREATE TABLE. */
  readonly columns: string;
}

/** How the rows of one kind become ours. */
export interface EntityCopy {
  readonly stage: readonly StageTable[];
  /** So many columns of the first table name a row. */
  readonly keyColumns: number;
  /** @throws RowProblem */
  read(row: ErpRow): StagedRow;
  /** Merges what is staged, in the caller's transaction; a row that is as it was is not written. */
  merge(client: PoolClient, target: CopyTarget): Promise<Merged>;
  /** Our rows of one part that the ERP should have: `key`, and `summed` where the kind is summed. */
  ours(part: string): OurRows;
  /** Takes away those of our rows whose keys are not in `erp_stage_keys`; answers how many. */
  remove(
    client: PoolClient,
    target: CopyTarget,
    part: string,
  ): Promise<{ readonly deleted: number; readonly events: readonly NewEvent[] }>;
  /** What can only be put right when all rows are here. */
  settle?(client: PoolClient, target: CopyTarget): Promise<void>;
}

/** Pieces of SQL in which `$1` is the installation. */
export interface OurRows {
  readonly from: string;
  readonly key: string;
  readonly summed: string | null;
}
