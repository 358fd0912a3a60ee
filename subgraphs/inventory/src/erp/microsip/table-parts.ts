import type { ErpEntity } from '../erp-entity.ts';
import type { ErpMapping } from '../erp-mapping.ts';
import { type Catalogue, hasColumn } from './catalogue.ts';
import { asText, digestSql, type PartDefinition } from './part-query.ts';

/** Tables that each kind of row needs. */
export const neededTables: Readonly<Record<ErpEntity, readonly string[]>> = {
  WAREHOUSES: ['ALMACENES'],
  PRODUCTS: ['ARTICULOS', 'CLAVES_ARTICULOS'],
  PRICES: ['PRECIOS_ARTICULOS'],
  CUSTOMERS: ['CLIENTES'],
  STOCK: ['SALDOS_IN'],
  SALES: ['DOCTOS_VE', 'DOCTOS_VE_DET'],
};

/** Where the rows of a kind stand in Microsip's own tables, as far as this version of it has them. */
export function tableParts(entity: ErpEntity, mapping: ErpMapping, catalogue: Catalogue): readonly PartDefinition[] {
  if (neededTables[entity].some((table) => !catalogue.relations.has(table))) return [];
  switch (entity) {
    case 'WAREHOUSES':
      return [warehouses];
    case 'PRODUCTS':
      return [products(mapping, catalogue)];
    case 'PRICES':
      return mapping.priceListId === null ? [] : [prices(mapping.priceListId, catalogue)];
    case 'CUSTOMERS':
      return [customers(catalogue)];
    case 'STOCK':
      return [stock(catalogue)];
    case 'SALES':
      return [
        documents('VE', "'F', 'INVOICE', 'D', 'RETURN'", "'F', 'D'", mapping, catalogue),
        ...(catalogue.relations.has('DOCTOS_PV') && catalogue.relations.has('DOCTOS_PV_DET')
          ? [documents('PV', "'V', 'POS_SALE', 'D', 'POS_RETURN'", "'V', 'D'", mapping, catalogue)]
          : []),
      ];
  }
}

const warehouses: PartDefinition = {
  ...{ name: 'ALMACENES', from: 'ALMACENES A', where: null, key: 'A.ALMACEN_ID', hasNumberKeys: true },
  ...{ stamp: null, sum: null, lines: null },
  fields: ['A.NOMBRE', 'A.NOMBRE_ABREV', "'S'"],
  fingerprint: [digestSql('ALMACENES A', 'A.ALMACEN_ID', ['A.NOMBRE', 'A.NOMBRE_ABREV'])],
};

function products({ keyRoleId }: ErpMapping, catalogue: Catalogue): PartDefinition {
  // An article may have several keys of one role: the first one made is its code.
  const role = keyRoleId === null ? '' : ` AND K.ROL_CLAVE_ART_ID = ${Math.trunc(keyRoleId)}`;
  const sku = `(SELECT FIRST 1 K.CLAVE_ARTICULO FROM CLAVES_ARTICULOS K WHERE K.ARTICULO_ID = A.ARTICULO_ID${role} ORDER BY K.CLAVE_ARTICULO_ID)`;
  const hasGroups = catalogue.relations.has('LINEAS_ARTICULOS');
  const stamp = stampOf(catalogue, 'ARTICULOS', 'A', ['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION']);
  const fields = [
    sku,
    'A.NOMBRE',
    'NULL',
    hasGroups ? 'L.NOMBRE' : 'NULL',
    hasColumn(catalogue, 'ARTICULOS', 'UNIDAD_VENTA') ? 'A.UNIDAD_VENTA' : 'NULL',
    'A.ESTATUS',
    'NULL',
    'NULL',
  ];
  const group = hasGroups ? ' LEFT JOIN LINEAS_ARTICULOS L ON L.LINEA_ARTICULO_ID = A.LINEA_ARTICULO_ID' : '';
  return {
    ...{ name: 'ARTICULOS', from: `ARTICULOS A${group}`, where: null, key: 'A.ARTICULO_ID', hasNumberKeys: true },
    ...{ stamp, fields, sum: null, lines: null },
    // Keys and lines of articles have no time of change of their own.
    fingerprint: [
      digestSql('CLAVES_ARTICULOS K', 'K.ARTICULO_ID', ['K.CLAVE_ARTICULO', 'K.ROL_CLAVE_ART_ID']),
      ...(hasGroups ? [digestSql('LINEAS_ARTICULOS L', 'L.LINEA_ARTICULO_ID', ['L.NOMBRE'])] : []),
      ...(stamp === null ? [digestSql('ARTICULOS A', 'A.ARTICULO_ID', ['A.NOMBRE', 'A.ESTATUS'])] : []),
    ],
  };
}

function prices(priceListId: number, catalogue: Catalogue): PartDefinition {
  const where = `P.PRECIO_EMPRESA_ID = ${Math.trunc(priceListId)}`;
  const stamp = stampOf(catalogue, 'PRECIOS_ARTICULOS', 'P', ['FECHA_HORA_ULT_MODIF']);
  return {
    ...{ name: 'PRECIOS_ARTICULOS', from: 'PRECIOS_ARTICULOS P', where, key: 'P.ARTICULO_ID', hasNumberKeys: true },
    ...{ stamp, fields: ['P.PRECIO'], sum: 'P.PRECIO', lines: null },
    fingerprint: stamp === null ? [digestSql('PRECIOS_ARTICULOS P', 'P.ARTICULO_ID', ['P.PRECIO'], where)] : null,
  };
}

function customers(catalogue: Catalogue): PartDefinition {
  const stamp = stampOf(catalogue, 'CLIENTES', 'C', ['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION']);
  const known = ['RFC_CURP', 'EMAIL', 'TELEFONO1', 'CALLE'].map((column) =>
    hasColumn(catalogue, 'DIRS_CLIENTES', column) ? column : null,
  );
  const own = known.filter((column) => column !== null).map((column) => `D.${column}`);
  // A customer may have two main addresses by mistake: the first one made counts.
  const ofAddress = (column: string | null) =>
    column === null
      ? 'NULL'
      : `(SELECT FIRST 1 D.${column} FROM DIRS_CLIENTES D WHERE D.CLIENTE_ID = C.CLIENTE_ID AND D.ES_DIR_PPAL = 'S' ORDER BY D.DIR_CLI_ID)`;
  return {
    ...{ name: 'CLIENTES', from: 'CLIENTES C', where: null, key: 'C.CLIENTE_ID', hasNumberKeys: true },
    ...{ stamp, fields: ['C.NOMBRE', ...known.map(ofAddress), 'C.ESTATUS'], sum: null, lines: null },
    fingerprint: [
      ...(own.length > 0
        ? [digestSql('DIRS_CLIENTES D', 'D.DIR_CLI_ID', [...own, 'D.CLIENTE_ID', 'D.ES_DIR_PPAL'])]
        : []),
      ...(stamp === null ? [digestSql('CLIENTES C', 'C.CLIENTE_ID', ['C.NOMBRE', 'C.ESTATUS'])] : []),
    ],
  };
}

function stock(catalogue: Catalogue): PartDefinition {
  const hasLevels = catalogue.relations.has('NIVELES_ARTICULOS');
  const columns = ['INVENTARIO_MINIMO', 'INVENTARIO_MAXIMO', 'PUNTO_REORDEN', 'LOCALIZACION'];
  const levels = columns.filter((column) => hasColumn(catalogue, 'NIVELES_ARTICULOS', column));
  // Looked up for each row that is read, and not where rows are only counted or summed.
  const level = (column: string) =>
    levels.includes(column)
      ? `(SELECT FIRST 1 N.${column} FROM NIVELES_ARTICULOS N WHERE N.ARTICULO_ID = S.ARTICULO_ID AND N.ALMACEN_ID = S.ALMACEN_ID ORDER BY N.NIVEL_ART_ID)`
      : 'NULL';
  const balances = `(SELECT ARTICULO_ID, ALMACEN_ID, SUM(COALESCE(ENTRADAS_UNIDADES, 0) - COALESCE(SALIDAS_UNIDADES, 0)) AS EXISTENCIA
    FROM SALDOS_IN GROUP BY ARTICULO_ID, ALMACEN_ID) S`;
  const weighed = (column: string) =>
    `SUM(MOD(MOD(CAST(COALESCE(${column}, 0) * 100000 AS BIGINT), 999999937) * MOD(ARTICULO_ID * 31 + ALMACEN_ID * 1009 + MES, 65521), 999999937))`;
  return {
    ...{ name: 'SALDOS_IN', from: balances, where: null, hasNumberKeys: false },
    key: "S.ARTICULO_ID || ':' || S.ALMACEN_ID",
    ...{ stamp: null, sum: 'S.EXISTENCIA', lines: null },
    fields: [
      ...['S.ARTICULO_ID', 'S.ALMACEN_ID', 'S.EXISTENCIA', level('INVENTARIO_MINIMO'), level('INVENTARIO_MAXIMO')],
      ...[level('PUNTO_REORDEN'), level('LOCALIZACION')],
    ],
    fingerprint: [
      `SELECT COUNT(*), SUM(ENTRADAS_UNIDADES), SUM(SALIDAS_UNIDADES), ${weighed('ENTRADAS_UNIDADES')}, ${weighed('SALIDAS_UNIDADES')} FROM SALDOS_IN`,
      ...(hasLevels
        ? [digestSql('NIVELES_ARTICULOS N', 'N.NIVEL_ART_ID', ['ARTICULO_ID', 'ALMACEN_ID', ...levels])]
        : []),
    ],
  };
}

/**
 * Invoices and their returns, or tickets and theirs. A delivery note is not a sale: its invoice is, and would count it
 * again; the same holds for the invoice of many tickets.
 */
function documents(
  kind: 'VE' | 'PV',
  types: string,
  taken: string,
  { branchIds }: ErpMapping,
  catalogue: Catalogue,
): PartDefinition {
  const table = `DOCTOS_${kind}`;
  const has = (column: string) => hasColumn(catalogue, table, column);
  const branches =
    branchIds.length > 0 && has('SUCURSAL_ID') ? ` AND V.SUCURSAL_ID IN (${branchIds.map(Math.trunc).join(', ')})` : '';
  const net = 'COALESCE(V.IMPORTE_NETO, 0)';
  const tax = has('TOTAL_IMPUESTOS') ? 'COALESCE(V.TOTAL_IMPUESTOS, 0)' : '0';
  const stamp = stampOf(catalogue, table, 'V', [
    ...['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION', 'FECHA_HORA_CANCELACION'],
  ]);
  const id = `${table}_ID`.replace('DOCTOS', 'DOCTO');
  const links = `${table}_LIGAS`;
  const [from, to] = [`DOCTO_${kind}_FTE_ID`, `DOCTO_${kind}_DEST_ID`];
  const isLinked = [from, to].every((column) => hasColumn(catalogue, links, column));
  const origin = `(SELECT FIRST 1 F.TIPO_DOCTO || ' ' || TRIM(F.FOLIO) FROM ${links} L JOIN ${table} F ON F.${id} = L.${from}
    WHERE L.${to} = V.${id} ORDER BY F.${id})`;
  const digested = ['V.TIPO_DOCTO', 'V.FECHA', 'V.CLIENTE_ID', 'V.ESTATUS', 'V.IMPORTE_NETO'];
  return {
    ...{ name: table, from: `${table} V`, where: `V.TIPO_DOCTO IN (${taken})${branches}`, key: `V.${id}` },
    ...{ hasNumberKeys: true, stamp },
    fields: [
      `DECODE(V.TIPO_DOCTO, ${types})`,
      'V.FOLIO',
      asText('V.FECHA'),
      has('HORA') ? asText('(V.FECHA + V.HORA)') : 'NULL',
      'V.CLIENTE_ID',
      'NULL',
      ...[net, tax, `${net} + ${tax}`, 'V.ESTATUS', 'V.ALMACEN_ID', 'NULL', isLinked ? origin : 'NULL'],
    ],
    sum: `DECODE(V.TIPO_DOCTO, 'D', -1, 1) * (${net} + ${tax})`,
    fingerprint: stamp === null ? [digestSql(`${table} V`, `V.${id}`, digested)] : null,
    lines: {
      from: `${table}_DET D`,
      key: `D.${id}`,
      order: `D.${id}, D.POSICION, D.DOCTO_${kind}_DET_ID`,
      fields: [
        ...['D.POSICION', 'D.ARTICULO_ID', 'D.CLAVE_ARTICULO', 'NULL', 'D.UNIDADES', 'D.PRECIO_UNITARIO'],
        ...['D.PCTJE_DSCTO', 'D.PRECIO_TOTAL_NETO'],
      ],
    },
  };
}

/** The latest of the times that a table has; null when it has none. A time that is missing does not count. */
function stampOf(catalogue: Catalogue, table: string, alias: string, columns: readonly string[]): string | null {
  const known = columns.filter((column) => hasColumn(catalogue, table, column)).map((column) => `${alias}.${column}`);
  const [only] = known;
  if (only === undefined) return null;
  if (known.length === 1) return only;
  // MAXVALUE is null when one of them is; a row with none of them is read each time.
  const orOthers = known.map(
    (column) => `COALESCE(${[column, ...known.filter((other) => other !== column)].join(', ')})`,
  );
  return `MAXVALUE(${orOthers.join(', ')})`;
}
