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
  ...{ name: 'ALMACENES', from: 'ALMACENES A', joins: '', where: null, key: 'A.ALMACEN_ID', hasNumberKeys: true },
  ...{ order: 'A.ALMACEN_ID', stamps: [], sum: null, lines: null },
  fields: ['A.NOMBRE', 'A.NOMBRE_ABREV', "'S'"],
  fingerprint: [digestSql('ALMACENES A', 'A.ALMACEN_ID', ['A.NOMBRE', 'A.NOMBRE_ABREV'])],
};

function products({ keyRoleId }: ErpMapping, catalogue: Catalogue): PartDefinition {
  // An article may have several keys of one role: the first one made is its code.
  const role = (alias: string) =>
    keyRoleId === null ? '' : ` AND ${alias}.ROL_CLAVE_ART_ID = ${Math.trunc(keyRoleId)}`;
  const key = firstOf('CLAVES_ARTICULOS K', 'CLAVE_ARTICULO_ID', (k) => `${k}.ARTICULO_ID = A.ARTICULO_ID${role(k)}`);
  const hasGroups = catalogue.relations.has('LINEAS_ARTICULOS');
  const stamps = stampsOf(catalogue, 'ARTICULOS', 'A', ['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION']);
  const fields = [
    'K.CLAVE_ARTICULO',
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
    ...{ name: 'ARTICULOS', from: 'ARTICULOS A', where: null, key: 'A.ARTICULO_ID', hasNumberKeys: true },
    joins: `${key}${group}`,
    ...{ order: 'A.ARTICULO_ID', stamps, fields, sum: null, lines: null },
    // Keys and lines of articles have no time of change of their own.
    fingerprint: [
      digestSql('CLAVES_ARTICULOS K', 'K.ARTICULO_ID', ['K.CLAVE_ARTICULO', 'K.ROL_CLAVE_ART_ID']),
      ...(hasGroups ? [digestSql('LINEAS_ARTICULOS L', 'L.LINEA_ARTICULO_ID', ['L.NOMBRE'])] : []),
      ...(stamps.length === 0 ? [digestSql('ARTICULOS A', 'A.ARTICULO_ID', ['A.NOMBRE', 'A.ESTATUS'])] : []),
    ],
  };
}

function prices(priceListId: number, catalogue: Catalogue): PartDefinition {
  const where = `P.PRECIO_EMPRESA_ID = ${Math.trunc(priceListId)}`;
  const stamps = stampsOf(catalogue, 'PRECIOS_ARTICULOS', 'P', ['FECHA_HORA_ULT_MODIF']);
  return {
    ...{ name: 'PRECIOS_ARTICULOS', from: 'PRECIOS_ARTICULOS P', joins: '', where, hasNumberKeys: true },
    ...{ key: 'P.ARTICULO_ID', order: 'P.ARTICULO_ID', stamps, fields: ['P.PRECIO'], sum: 'P.PRECIO', lines: null },
    fingerprint: stamps.length === 0 ? [digestSql('PRECIOS_ARTICULOS P', 'P.ARTICULO_ID', ['P.PRECIO'], where)] : null,
  };
}

function customers(catalogue: Catalogue): PartDefinition {
  const stamps = stampsOf(catalogue, 'CLIENTES', 'C', ['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION']);
  const known = ['RFC_CURP', 'EMAIL', 'TELEFONO1', 'CALLE'].map((column) =>
    hasColumn(catalogue, 'DIRS_CLIENTES', column) ? `D.${column}` : 'NULL',
  );
  const own = known.filter((column) => column !== 'NULL');
  // A customer may have two main addresses by mistake: the first one made counts.
  const address = firstOf(
    'DIRS_CLIENTES D',
    'DIR_CLI_ID',
    (d) => `${d}.CLIENTE_ID = C.CLIENTE_ID AND ${d}.ES_DIR_PPAL = 'S'`,
  );
  return {
    ...{ name: 'CLIENTES', from: 'CLIENTES C', where: null, key: 'C.CLIENTE_ID', hasNumberKeys: true },
    joins: own.length === 0 ? '' : address,
    ...{ order: 'C.CLIENTE_ID', stamps, fields: ['C.NOMBRE', ...known, 'C.ESTATUS'], sum: null, lines: null },
    fingerprint: [
      ...(own.length > 0
        ? [digestSql('DIRS_CLIENTES D', 'D.DIR_CLI_ID', [...own, 'D.CLIENTE_ID', 'D.ES_DIR_PPAL'])]
        : []),
      ...(stamps.length === 0 ? [digestSql('CLIENTES C', 'C.CLIENTE_ID', ['C.NOMBRE', 'C.ESTATUS'])] : []),
    ],
  };
}

function stock(catalogue: Catalogue): PartDefinition {
  const hasLevels = catalogue.relations.has('NIVELES_ARTICULOS');
  const columns = ['INVENTARIO_MINIMO', 'INVENTARIO_MAXIMO', 'PUNTO_REORDEN', 'LOCALIZACION'];
  const levels = columns.filter((column) => hasColumn(catalogue, 'NIVELES_ARTICULOS', column));
  const level = (column: string) => (levels.includes(column) ? `N.${column}` : 'NULL');
  const first = firstOf(
    'NIVELES_ARTICULOS N',
    'NIVEL_ART_ID',
    (n) => `${n}.ARTICULO_ID = S.ARTICULO_ID AND ${n}.ALMACEN_ID = S.ALMACEN_ID`,
  );
  const moved = 'COALESCE(ENTRADAS_UNIDADES, 0) - COALESCE(SALIDAS_UNIDADES, 0)';
  const balances = `(SELECT ARTICULO_ID, ALMACEN_ID, SUM(${moved}) AS EXISTENCIA
    FROM SALDOS_IN GROUP BY ARTICULO_ID, ALMACEN_ID) S`;
  const units = `MOD(CAST((${moved}) * 100000 AS BIGINT), 999999937)`;
  const weight = 'MOD(CAST(ARTICULO_ID AS BIGINT) * 1000003 + ALMACEN_ID * 7919, 2147483647)';
  return {
    ...{ name: 'SALDOS_IN', from: balances, where: null, hasNumberKeys: false },
    joins: levels.length === 0 ? '' : first,
    key: "S.ARTICULO_ID || ':' || S.ALMACEN_ID",
    ...{ order: null, stamps: [], sum: 'S.EXISTENCIA', lines: null },
    fields: [
      ...['S.ARTICULO_ID', 'S.ALMACEN_ID', 'S.EXISTENCIA', level('INVENTARIO_MINIMO'), level('INVENTARIO_MAXIMO')],
      ...[level('PUNTO_REORDEN'), level('LOCALIZACION')],
    ],
    fingerprint: [
      `SELECT COUNT(*), SUM(${moved}), SUM(MOD(${units} * ${weight}, 2147483647)) FROM SALDOS_IN`,
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
  const stamps = stampsOf(catalogue, table, 'V', [
    ...['FECHA_HORA_ULT_MODIF', 'FECHA_HORA_CREACION', 'FECHA_HORA_CANCELACION'],
  ]);
  const id = `${table}_ID`.replace('DOCTOS', 'DOCTO');
  const links = `${table}_LIGAS`;
  const [from, to] = [`DOCTO_${kind}_FTE_ID`, `DOCTO_${kind}_DEST_ID`];
  const linkId = `DOCTO_${kind}_LIGA_ID`;
  const isLinked = [linkId, from, to].every((column) => hasColumn(catalogue, links, column));
  const origin = `${firstOf(`${links} L`, linkId, (l) => `${l}.${to} = V.${id}`)} LEFT JOIN ${table} O ON O.${id} = L.${from}`;
  const digested = ['V.TIPO_DOCTO', 'V.FECHA', 'V.CLIENTE_ID', 'V.ESTATUS', 'V.IMPORTE_NETO'];
  return {
    ...{ name: table, from: `${table} V`, where: `V.TIPO_DOCTO IN (${taken})${branches}`, key: `V.${id}` },
    joins: isLinked ? origin : '',
    ...{ hasNumberKeys: true, order: `V.${id}`, stamps },
    fields: [
      `DECODE(V.TIPO_DOCTO, ${types})`,
      'V.FOLIO',
      asText('V.FECHA'),
      has('HORA') ? asText('(V.FECHA + V.HORA)') : 'NULL',
      'V.CLIENTE_ID',
      'NULL',
      ...[
        net,
        tax,
        `${net} + ${tax}`,
        'V.ESTATUS',
        'V.ALMACEN_ID',
        'NULL',
        isLinked ? "O.TIPO_DOCTO || ' ' || TRIM(O.FOLIO)" : 'NULL',
      ],
    ],
    sum: `DECODE(V.TIPO_DOCTO, 'D', -1, 1) * (${net} + ${tax})`,
    fingerprint: stamps.length === 0 ? [digestSql(`${table} V`, `V.${id}`, digested)] : null,
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

/**
 * Joins the first one made of the rows that belong to another. Firebird takes an index for each side of it; a sub-select in
 * each row, sorted, or in the join's own comparison, is ten to a hundred times slower.
 */
function firstOf(table: string, id: string, belongs: (alias: string) => string): string {
  const [name, alias = ''] = table.split(' ');
  const earlier = `SELECT 1 FROM ${name} E WHERE ${belongs('E')} AND E.${id} < ${alias}.${id}`;
  return ` LEFT JOIN ${table} ON ${belongs(alias)} AND NOT EXISTS (${earlier})`;
}

/** The times of change that a table has. */
function stampsOf(catalogue: Catalogue, table: string, alias: string, columns: readonly string[]): readonly string[] {
  return columns.filter((column) => hasColumn(catalogue, table, column)).map((column) => `${alias}.${column}`);
}
