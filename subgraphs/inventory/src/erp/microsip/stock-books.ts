import type { StockBooks, StockLevelKey, StockMonth } from '../proof/stock-books.ts';
import { toUnits } from '../proof/stock-books.ts';
import { type Catalogue, hasColumn } from './catalogue.ts';
import type { FirebirdLink, FirebirdRow } from './firebird-link.ts';
import { asText } from './part-query.ts';

const batchRows = 5_000;

/** Balances and applied documents of stock, summed by the server; null where this ERP has not both. */
export function microsipBooks(link: FirebirdLink, catalogue: Catalogue): StockBooks | null {
  const has = (table: string) => catalogue.relations.has(table);
  if (!['SALDOS_IN', 'DOCTOS_IN', 'DOCTOS_IN_DET'].every(has)) return null;
  const signed = hasColumn(catalogue, 'DOCTOS_IN_DET', 'TIPO_MOVTO')
    ? "IIF(D.TIPO_MOVTO = 'S', -1, 1) * COALESCE(D.UNIDADES, 0)"
    : "IIF(H.NATURALEZA_CONCEPTO = 'S', -1, 1) * COALESCE(D.UNIDADES, 0)";
  const counted = [
    ...(hasColumn(catalogue, 'DOCTOS_IN', 'APLICADO') ? ["H.APLICADO = 'S'"] : []),
    ...(hasColumn(catalogue, 'DOCTOS_IN', 'CANCELADO') ? ["COALESCE(H.CANCELADO, 'N') <> 'S'"] : []),
    ...(hasColumn(catalogue, 'DOCTOS_IN_DET', 'CANCELADO') ? ["COALESCE(D.CANCELADO, 'N') <> 'S'"] : []),
  ];
  const where = counted.length === 0 ? '' : ` WHERE ${counted.join(' AND ')}`;
  const documents = `DOCTOS_IN_DET D JOIN DOCTOS_IN H ON H.DOCTO_IN_ID = D.DOCTO_IN_ID${where}`;
  const month = 'EXTRACT(YEAR FROM H.FECHA) * 100 + EXTRACT(MONTH FROM H.FECHA)';
  const folio = hasColumn(catalogue, 'DOCTOS_IN', 'FOLIO') ? 'H.FOLIO' : 'NULL';
  return {
    balances: () =>
      months(
        link,
        `SELECT ARTICULO_ID, ALMACEN_ID, ANO * 100 + MES, SUM(COALESCE(ENTRADAS_UNIDADES, 0) - COALESCE(SALIDAS_UNIDADES, 0))
         FROM SALDOS_IN GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      ),
    movements: () =>
      months(
        link,
        `SELECT D.ARTICULO_ID, H.ALMACEN_ID, ${month}, SUM(${signed}) FROM ${documents} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      ),
    async documents({ article, warehouse }, at) {
      const rows = await link.rows(
        `SELECT H.DOCTO_IN_ID, MIN(${folio}), MIN(${asText('H.FECHA')}), SUM(${signed}) FROM ${documents}
           ${where === '' ? 'WHERE' : 'AND'} D.ARTICULO_ID = ? AND H.ALMACEN_ID = ? AND ${month} = ?
         GROUP BY 1 ORDER BY 3, 1`,
        [article, warehouse, at],
      );
      return rows.map(([key, name, on, units]) => ({
        ...{ key: String(key), folio: name === null || name === undefined ? null : String(name).trim() },
        ...{ on: String(on).slice(0, 10), units: toUnits(String(units ?? 0)) },
      }));
    },
  };
}

async function* months(link: FirebirdLink, sql: string): AsyncIterable<readonly StockMonth[]> {
  for await (const batch of link.batches(sql, [], batchRows)) yield batch.map(toMonth);
}

function toMonth([article, warehouse, month, units]: FirebirdRow): StockMonth & StockLevelKey {
  return {
    ...{ article: Number(article), warehouse: Number(warehouse), month: Number(month) },
    units: toUnits(String(units ?? 0)),
  };
}
