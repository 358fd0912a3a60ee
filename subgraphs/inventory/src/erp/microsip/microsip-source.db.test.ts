import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCuttingProxy } from '../../test-support/cutting-proxy.ts';
import { describeWithFirebird, type FirebirdServer, startFirebird } from '../../test-support/firebird-server.ts';
import { type MicrosipViews, microsipScript, smallMicrosip } from '../../test-support/microsip-database.ts';
import type { ErpRow } from '../erp-entity.ts';
import type { ErpPart } from '../erp-source.ts';
import { compareStock } from '../proof/compare-stock.ts';
import { auditMicrosip, type ErpAudit } from './audit.ts';
import { type FirebirdCharset, firebirdCharsets } from './firebird-charset.ts';
import { type FirebirdAddress, openFirebird } from './firebird-link.ts';
import { createMicrosipSource } from './microsip-source.ts';

describeWithFirebird('reading a Microsip ERP', () => {
  let firebird: FirebirdServer;
  beforeAll(async () => {
    firebird = await startFirebird();
  });
  afterAll(() => firebird.stop());

  const make = (name: string, views: MicrosipViews, charset = 'WIN1252') =>
    firebird.create(name, charset, microsipScript(smallMicrosip, views));
  const addressOf = (database: string): Omit<FirebirdAddress, 'charset'> => ({
    ...{ host: '127.0.0.1', port: firebird.port, database, timeoutMs: 5_000 },
    ...{ user: firebird.user, password: firebird.password },
  });
  const open = (database: string, charset: FirebirdCharset = 'WIN1252') =>
    openFirebird({ ...addressOf(database), charset }, AbortSignal.timeout(10_000));
  const audited = async (database: string): Promise<ErpAudit> => {
    const link = await open(database);
    try {
      return await auditMicrosip(link);
    } finally {
      await link.close();
    }
  };

  it('finds roles of keys, price lists, warehouses and views, and proposes how to read them with samples and doubts', async () => {
    const audit = await audited(make('audited', 'LINES'));
    expect(audit).toMatchObject({
      charset: 'WIN1252',
      mapping: {
        keyRoleId: 17,
        priceListId: 42,
        entities: { PRODUCTS: { from: 'TABLES' }, SALES: { from: 'TABLES' } },
      },
      alternatives: { SALES: { from: 'VIEW', relation: 'VW_VENTAS_2025', columns: { quantity: 'CANTIDAD' } } },
    });
    expect(audit.warehouses.map(({ name }) => name)).toEqual(['Almacén general', 'Bodega Ñuñoa']);
    expect(audit.samples.find(({ entity }) => entity === 'PRODUCTS')?.rows[2]?.slice(0, 3)).toEqual([
      3,
      '0000003',
      'Válvula esférica 3',
    ]);
    expect(audit.doubts.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['SEVERAL_PRICE_LISTS', 'ARTICLES_WITHOUT_KEY', 'TWO_SOURCES']),
    );
  });

  it('reads the same documents from tables, from a view of lines and from a view of heads', async () => {
    const docs = async (views: MicrosipViews, isMapped: boolean) => {
      const path = make(`sales-${views}-${isMapped}`.toLowerCase(), views);
      const { mapping, alternatives } = await audited(path);
      const entities = isMapped
        ? { ...mapping.entities, ...(alternatives.SALES ? { SALES: alternatives.SALES } : {}) }
        : mapping.entities;
      const snapshot = await createMicrosipSource(addressOf(path), { ...mapping, entities }).open(
        AbortSignal.timeout(10_000),
      );
      const [part] = snapshot.parts('SALES');
      const rows = part === undefined ? [] : await allRows(part);
      await snapshot.close();
      return rows;
    };
    const isInvoice = ({ values }: ErpRow) => values[1] === 'INVOICE';
    const whole = (await docs('NONE', false)).filter(isInvoice);
    const lines = await docs('LINES', true);
    const heads = await docs('HEADERS', true);
    const folio = ({ values }: ErpRow) => values[2];
    const isStanding = ({ values }: ErpRow) => values[10] !== 'C';
    expect(heads.map(folio)).toEqual(whole.map(folio));
    expect(heads.map(({ values }) => values[9])).toEqual(whole.map(({ values }) => values[9]));
    expect(lines.map(folio)).toEqual(whole.filter(isStanding).map(folio));
    const quantities = (rows: readonly ErpRow[]) => rows.map((row) => (row.lines ?? []).map((line) => line[4]));
    expect(quantities(lines)).toEqual(quantities(whole.filter(isStanding)));
  });

  it.each(firebirdCharsets)('reads Spanish text of a %s database as it was written', async (charset) => {
    const path = firebird.create(
      `text-${charset.toLowerCase()}`,
      charset,
      'CREATE TABLE T (A VARCHAR(40));\nCOMMIT;\n',
    );
    // The bytes as a Windows program wrote them, where the database does not know what they mean.
    const cast = charset === 'NONE' ? "CAST(_WIN1252 x'F16E6465' AS VARCHAR(40) CHARACTER SET OCTETS)" : "_UTF8 'ñnde'";
    firebird.run(path, `INSERT INTO T VALUES (${cast});\nCOMMIT;\n`);
    const link = await open(path, charset);
    expect(await link.rows('SELECT A FROM T')).toEqual([['ñnde']]);
    await link.close();
  });

  it('sees one moment only, whatever is changed meanwhile, and cannot change anything', async () => {
    const path = make('moment', 'NONE');
    const link = await open(path);
    firebird.run(path, "DELETE FROM CLIENTES;\nUPDATE ARTICULOS SET NOMBRE = 'x';\nCOMMIT;\n");
    expect(await link.rows('SELECT COUNT(*) FROM CLIENTES')).toEqual([[String(smallMicrosip.customers)]]);
    expect(await link.rows("SELECT COUNT(*) FROM ARTICULOS WHERE NOMBRE = 'x'")).toEqual([['0']]);
    await expect(link.rows('DELETE FROM ALMACENES')).rejects.toMatchObject({ kind: 'REFUSED' });
    await link.close();
  });

  it('sums balances and documents of stock to the same, and finds where somebody changed one of them', async () => {
    const path = make('books', 'NONE');
    const { mapping } = await audited(path);
    const look = async () => {
      const snapshot = await createMicrosipSource(addressOf(path), mapping).open(AbortSignal.timeout(10_000));
      try {
        const books = snapshot.books();
        if (books === null) throw new Error('The ERP has both');
        const { kept, ...found } = await compareStock(books.balances(), books.movements(), 10);
        const [first] = kept;
        return { ...found, first, documents: first ? await books.documents(first, first.month) : [] };
      } finally {
        await snapshot.close();
      }
    };
    expect(await look()).toMatchObject({ diverging: 0, compared: 517 });
    firebird.run(
      path,
      `UPDATE SALDOS_IN SET SALIDAS_UNIDADES = SALIDAS_UNIDADES + 0.5 WHERE ARTICULO_ID = 9 AND ALMACEN_ID = 19 AND MES = 1;
       INSERT INTO DOCTOS_IN VALUES (9999, 'AJ1', DATE '2026-02-03', 20, 1, 'S', 'N', 'S');
       INSERT INTO DOCTOS_IN_DET VALUES (99999, 9999, 8888, 'S', 2.25, 1, 'N');
       INSERT INTO DOCTOS_IN VALUES (9998, 'AJ0', DATE '2026-02-03', 20, 1, 'S', 'S', 'S');
       INSERT INTO DOCTOS_IN_DET VALUES (99998, 9998, 10, 'S', 7, 1, 'N');
       COMMIT;`,
    );
    const found = await look();
    expect(found).toMatchObject({
      ...{ diverging: 2, compared: 518 },
      first: { article: 9, warehouse: 19, month: 202601, monthBalance: 450_000n, monthMoved: 500_000n },
    });
    expect(found.documents.map(({ folio, on, units }) => [folio, on, units])).toEqual([
      ['000000002', '2026-01-20', 900_000n],
      ['000000003', '2026-01-20', -400_000n],
    ]);
  });

  it('tells who is refused from who is not there, from a lost connection and from silence', async () => {
    const path = make('failures', 'NONE');
    const signal = AbortSignal.timeout(20_000);
    const address = { ...addressOf(path), charset: 'WIN1252' as const, timeoutMs: 1_000 };
    const kindOf = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : error),
      );
    expect(await kindOf(openFirebird({ ...address, password: 'wrong' }, signal))).toBe('SIGN_IN_REFUSED');
    expect(await kindOf(openFirebird({ ...address, port: 1 }, signal))).toBe('UNREACHABLE');
    const proxy = await startCuttingProxy(firebird.port);
    const read = async () => {
      const link = await openFirebird({ ...address, port: proxy.port }, signal);
      for await (const _ of link.batches('SELECT * FROM DOCTOS_VE_DET', [], 100)) proxy.cutAfter(2_000);
    };
    expect(await kindOf(read())).toBe('CONNECTION_LOST');
    const link = await openFirebird({ ...address, port: proxy.port }, signal);
    proxy.freeze();
    expect(await kindOf(link.rows('SELECT 1 FROM RDB$DATABASE'))).toBe('TIMED_OUT');
    await proxy.stop();
  });
});

async function allRows(part: ErpPart): Promise<readonly ErpRow[]> {
  const rows: ErpRow[] = [];
  for await (const batch of part.rows({}, 100)) rows.push(...batch);
  return rows;
}
