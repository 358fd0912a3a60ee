import { describe, expect, it } from 'vitest';
import { erpProblem } from './erp-problems.ts';
import { emptyMapping, readMapping, withColumn, withSource } from './mapping.ts';
import { changesOf, shareOf } from './runs.ts';

describe('the share of a run that is through', () => {
  it('is known once the ERP has said how many rows there are, and never more than all', () => {
    const share = (recordsProcessed: number, recordsExpected: number | null) =>
      shareOf({ recordsProcessed, recordsExpected });
    expect([share(5, null), share(5, 20), share(25, 20), share(0, 0)]).toEqual([null, 0.25, 1, 1]);
  });
});

describe('what a run changed', () => {
  it('leaves out what it did not', () => {
    const run = { recordsCreated: 3, recordsUpdated: 0, recordsDeleted: 1 };
    expect(changesOf(run)).toEqual([
      ['created', 3],
      ['deleted', 1],
    ]);
  });
});

describe('a mapping', () => {
  it('is read as far as it can be, and an unreadable one as none', () => {
    const view = { from: 'VIEW', relation: 'VW_VENTAS', columns: { folio: 'FOLIO' } };
    const kept = { charset: 'UTF8', keyRoleId: 17, priceListId: null, branchIds: [1], entities: { SALES: view } };
    expect(readMapping(kept)).toEqual(kept);
    expect(readMapping({})).toEqual(emptyMapping);
    expect(readMapping({ ...kept, entities: { SALES: { from: 'ELSEWHERE' } } }).entities).toEqual({});
  });

  it('takes a kind from a view as it is known, from one that nobody has looked at, from the tables, or from nothing', () => {
    const view = { from: 'VIEW', relation: 'VW_VENTAS', columns: { folio: 'FOLIO' } } as const;
    const mapping = withSource(emptyMapping, 'SALES', 'VW_VENTAS', [undefined, { from: 'TABLES' }, view]);
    expect(mapping.entities.SALES).toEqual(view);
    expect(withSource(mapping, 'SALES', 'VW_OTRA', [view]).entities.SALES).toEqual({
      ...{ from: 'VIEW', relation: 'VW_OTRA', columns: {} },
    });
    expect(withSource(mapping, 'SALES', 'TABLES', [view]).entities.SALES).toEqual({ from: 'TABLES' });
    expect(withSource(mapping, 'SALES', 'NOTHING', [view]).entities.SALES).toEqual({ from: 'NOTHING' });
  });

  it('has a column set, changed and taken away where a view is read, and only there', () => {
    const mapping = withSource(emptyMapping, 'SALES', 'VW_VENTAS', []);
    const set = withColumn(mapping, 'SALES', 'folio', 'NUMERO');
    expect(set.entities.SALES).toMatchObject({ columns: { folio: 'NUMERO' } });
    expect(withColumn(set, 'SALES', 'folio', '')).toEqual(mapping);
    expect(withColumn(emptyMapping, 'SALES', 'folio', 'NUMERO')).toEqual(emptyMapping);
  });
});

describe('a problem of an ERP', () => {
  it('has words when its code is known', () => {
    expect([erpProblem('SIGN_IN_REFUSED'), erpProblem('SOMETHING')]).toEqual(['SIGN_IN_REFUSED', null]);
  });
});
