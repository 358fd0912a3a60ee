import { type ErpEntity, type ErpValue, entityFields, erpEntities, saleLineFields } from '../erp-entity.ts';
import type { EntityMapping, ErpMapping } from '../erp-mapping.ts';
import { type Catalogue, hasColumn, type Relation, readCatalogue } from './catalogue.ts';
import { isFirebirdCharset } from './firebird-charset.ts';
import type { FirebirdLink } from './firebird-link.ts';
import { partsOf, readClock } from './microsip-source.ts';
import { rowsQuery } from './part-query.ts';
import { neededTables } from './table-parts.ts';

/** What was found in an ERP before anything is copied from it. */
export interface ErpAudit {
  /** The ERP's clock at the audit. */
  readonly clock: string;
  readonly charset: string;
  readonly tables: number;
  readonly views: readonly string[];
  /** The same views with their columns; missing in audits of an older version. */
  readonly viewColumns?: readonly ErpView[];
  readonly keyRoles: readonly ErpChoice[];
  readonly priceLists: readonly ErpChoice[];
  readonly branches: readonly ErpChoice[];
  readonly warehouses: readonly ErpChoice[];
  readonly mapping: ErpMapping;
  /** How the views that were found would be read, for the kinds where the mapping takes the tables. */
  readonly alternatives: ErpMapping['entities'];
  readonly samples: readonly ErpSample[];
  readonly doubts: readonly ErpDoubt[];
}

export interface ErpChoice {
  readonly id: number;
  readonly name: string;
  /** Rows that use it. */
  readonly uses: number;
}

/** A view of the company's own. */
export interface ErpView {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The first rows of a kind as the mapping reads them. */
export interface ErpSample {
  readonly entity: ErpEntity;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly ErpValue[])[];
}

export const erpDoubtCodes = [
  ...['CHARSET_NONE', 'CHARSET_UNKNOWN', 'NO_PRINCIPAL_KEY_ROLE', 'ARTICLES_WITHOUT_KEY', 'SEVERAL_PRICE_LISTS'],
  ...['NOTHING_FOUND', 'VIEW_NOT_USABLE', 'KEY_MAY_CHANGE', 'NO_TIME_OF_CHANGE', 'TWO_SOURCES', 'NO_LINES'],
] as const;
export type ErpDoubtCode = (typeof erpDoubtCodes)[number];

/** What a person should look at before the mapping is confirmed. */
export interface ErpDoubt {
  readonly code: ErpDoubtCode;
  readonly entity: ErpEntity | null;
  readonly detail: string;
}

const sampleRows = 5;

/** Looks at an ERP and proposes how to read it. @throws ErpFailure */
export async function auditMicrosip(link: FirebirdLink): Promise<ErpAudit> {
  const catalogue = await readCatalogue(link);
  const doubts: ErpDoubt[] = [];
  const doubt = (code: ErpDoubtCode, detail: string, entity: ErpEntity | null = null) =>
    void doubts.push({ code, entity, detail });
  const charset = isFirebirdCharset(catalogue.charset) ? catalogue.charset : 'WIN1252';
  if (catalogue.charset === 'NONE') doubt('CHARSET_NONE', 'The database names no character set: read as WIN1252');
  else if (charset !== catalogue.charset) doubt('CHARSET_UNKNOWN', `${catalogue.charset} is read as WIN1252`);

  const keyRoles = await readKeyRoles(link, catalogue, doubt);
  const priceLists = await readChoices(link, catalogue, 'PRECIOS_EMPRESA', 'PRECIO_EMPRESA_ID', 'PRECIOS_ARTICULOS');
  if (priceLists.length > 1) doubt('SEVERAL_PRICE_LISTS', priceLists.map(({ name }) => name).join(', '), 'PRICES');
  const branches = await readChoices(link, catalogue, 'SUCURSALES', 'SUCURSAL_ID', 'DOCTOS_VE');
  const warehouses = await readChoices(link, catalogue, 'ALMACENES', 'ALMACEN_ID', 'SALDOS_IN');

  const mapping: ErpMapping = {
    charset,
    keyRoleId: keyRoles[0]?.id ?? null,
    priceListId: mostUsed(priceLists)?.id ?? null,
    branchIds: [],
    entities: Object.fromEntries(erpEntities.map((entity) => [entity, propose(entity, catalogue, doubt)])),
  };
  await countArticlesWithoutKey(link, catalogue, mapping, doubt);
  const views = [...catalogue.relations.values()].filter(({ isView }) => isView);
  return {
    ...{
      clock: await readClock(link),
      charset: catalogue.charset,
      keyRoles,
      priceLists,
      branches,
      warehouses,
      mapping,
    },
    tables: catalogue.relations.size - views.length,
    views: views.map(({ name }) => name),
    viewColumns: views.map(({ name, columns }) => ({ name, columns: [...columns] })),
    alternatives: Object.fromEntries(
      erpEntities
        .map((entity) => [entity, viewOf(entity, catalogue)?.mapping] as const)
        .filter(([, found]) => found !== undefined),
    ),
    samples: await sample(link, mapping, catalogue, doubt),
    doubts,
  };
}

type Doubt = (code: ErpDoubtCode, detail: string, entity?: ErpEntity | null) => void;

/** The role that is marked as the main one first. */
async function readKeyRoles(link: FirebirdLink, catalogue: Catalogue, doubt: Doubt): Promise<readonly ErpChoice[]> {
  if (!catalogue.relations.has('ROLES_CLAVES_ARTICULOS')) return [];
  const rows = await link.rows(`SELECT R.ROL_CLAVE_ART_ID, R.NOMBRE, R.ES_PPAL,
      (SELECT COUNT(*) FROM CLAVES_ARTICULOS K WHERE K.ROL_CLAVE_ART_ID = R.ROL_CLAVE_ART_ID)
    FROM ROLES_CLAVES_ARTICULOS R ORDER BY IIF(R.ES_PPAL = 'S', 0, 1), R.ROL_CLAVE_ART_ID`);
  if (rows.filter(([, , isMain]) => isMain === 'S').length !== 1)
    doubt('NO_PRINCIPAL_KEY_ROLE', 'Not exactly one role is marked as the main one', 'PRODUCTS');
  return rows.map(([id, name, , uses]) => ({ id: Number(id), name: String(name), uses: Number(uses) }));
}

async function readChoices(
  link: FirebirdLink,
  catalogue: Catalogue,
  table: string,
  id: string,
  usedBy: string,
): Promise<readonly ErpChoice[]> {
  if (!hasColumn(catalogue, table, id)) return [];
  const uses = hasColumn(catalogue, usedBy, id) ? `(SELECT COUNT(*) FROM ${usedBy} U WHERE U.${id} = T.${id})` : '0';
  const rows = await link.rows(`SELECT T.${id}, T.NOMBRE, ${uses} FROM ${table} T ORDER BY T.${id}`);
  return rows.map(([key, name, count]) => ({ id: Number(key), name: String(name), uses: Number(count) }));
}

const mostUsed = (choices: readonly ErpChoice[]): ErpChoice | undefined =>
  choices.toSorted((left, right) => right.uses - left.uses || left.id - right.id)[0];

async function countArticlesWithoutKey(link: FirebirdLink, catalogue: Catalogue, mapping: ErpMapping, doubt: Doubt) {
  if (mapping.keyRoleId === null || !catalogue.relations.has('ARTICULOS')) return;
  const [row] = await link.rows(
    `SELECT COUNT(*) FROM ARTICULOS A WHERE NOT EXISTS (SELECT 1 FROM CLAVES_ARTICULOS K
      WHERE K.ARTICULO_ID = A.ARTICULO_ID AND K.ROL_CLAVE_ART_ID = ${mapping.keyRoleId})`,
  );
  const count = Number(row?.[0] ?? 0);
  if (count > 0) doubt('ARTICLES_WITHOUT_KEY', `${count} articles have no key of the main role`, 'PRODUCTS');
}

/** Words that the views of a kind are called by. */
const viewWords: Readonly<Record<ErpEntity, RegExp>> = {
  WAREHOUSES: /ALMACEN|BODEGA/,
  PRODUCTS: /ARTICULO|PRODUCTO/,
  PRICES: /PRECIO/,
  CUSTOMERS: /CLIENTE/,
  STOCK: /INVENTARIO|EXISTENCIA|STOCK/,
  SALES: /VENTA|FACTURA/,
};

/** What a column of ours may be called in a company's view, the likeliest first. */
const synonyms: Readonly<Record<ErpEntity, Readonly<Record<string, readonly string[]>>>> = {
  WAREHOUSES: { key: ['ALMACEN_ID', 'ALMACEN'], name: ['NOMBRE', 'ALMACEN'] },
  PRODUCTS: {
    key: ['ARTICULO_ID', 'PRODUCTO_ID', 'ID', 'CODIGO', 'CLAVE_ARTICULO', 'CLAVE'],
    sku: ['CODIGO', 'CLAVE_ARTICULO', 'CLAVE', 'SKU', 'NUMERO_PARTE'],
    name: ['NOMBRE', 'ARTICULO', 'PRODUCTO', 'DESCRIPCION'],
    description: ['DESCRIPCION', 'DETALLE'],
    category: ['CATEGORIA', 'LINEA', 'FAMILIA', 'GRUPO'],
    unit: ['UNIDAD_MEDIDA', 'UNIDAD_VENTA', 'UNIDAD'],
    isActive: ['ACTIVO', 'ESTATUS', 'STATUS'],
    price: ['PRECIO', 'PRECIO_VENTA', 'PRECIO_LISTA'],
    cost: ['COSTO', 'COSTO_PROMEDIO', 'ULTIMO_COSTO'],
  },
  PRICES: { key: ['ARTICULO_ID', 'PRODUCTO_ID'], price: ['PRECIO', 'PRECIO_VENTA', 'PRECIO_LISTA'] },
  CUSTOMERS: {
    key: ['CLIENTE_ID', 'ID', 'CLAVE_CLIENTE', 'CLAVE'],
    name: ['NOMBRE', 'CLIENTE', 'RAZON_SOCIAL'],
    taxId: ['RFC', 'RFC_CURP', 'RUT'],
    email: ['EMAIL', 'CORREO'],
    phone: ['TELEFONO', 'TELEFONO1'],
    address: ['DIRECCION', 'DOMICILIO', 'CALLE'],
    isActive: ['ACTIVO', 'ESTATUS', 'STATUS'],
  },
  STOCK: {
    productKey: ['ARTICULO_ID', 'PRODUCTO_ID'],
    warehouseKey: ['ALMACEN_ID', 'ALMACEN'],
    quantity: ['EXISTENCIA', 'STOCK_ACTUAL', 'EXISTENCIAS', 'CANTIDAD', 'SALDO'],
    minimum: ['STOCK_MINIMO', 'INVENTARIO_MINIMO', 'MINIMO'],
    maximum: ['STOCK_MAXIMO', 'INVENTARIO_MAXIMO', 'MAXIMO'],
    reorderPoint: ['PUNTO_REORDEN'],
    bin: ['UBICACION', 'LOCALIZACION'],
  },
  SALES: {
    key: ['DOCTO_VE_ID', 'DOCUMENTO_ID', 'VENTA_ID', 'FOLIO'],
    type: ['TIPO_DOCTO', 'TIPO'],
    folio: ['FOLIO', 'NUMERO'],
    soldOn: ['FECHA', 'FECHA_VENTA', 'FECHA_DOCUMENTO'],
    customerKey: ['CLIENTE_ID'],
    customerName: ['CLIENTE', 'NOMBRE_CLIENTE', 'CLIENTE_NOMBRE'],
    subtotal: ['SUBTOTAL', 'IMPORTE_NETO'],
    tax: ['IVA', 'IMPUESTOS', 'TOTAL_IMPUESTOS'],
    total: ['TOTAL', 'IMPORTE_TOTAL'],
    status: ['ESTATUS', 'STATUS'],
    warehouseKey: ['ALMACEN_ID', 'ALMACEN'],
    position: ['POSICION', 'RENGLON', 'PARTIDA'],
    productKey: ['ARTICULO_ID', 'PRODUCTO_ID'],
    sku: ['CODIGO', 'CLAVE_ARTICULO', 'NUMERO_PARTE'],
    description: ['PRODUCTO', 'DESCRIPCION', 'ARTICULO'],
    quantity: ['CANTIDAD', 'UNIDADES'],
    unitPrice: ['PRECIO_UNITARIO', 'PRECIO'],
    discountPct: ['DESCUENTO', 'PCTJE_DSCTO'],
    netTotal: ['IMPORTE', 'PRECIO_TOTAL_NETO', 'TOTAL_LINEA'],
  },
};

/** Without these a view cannot stand for the kind. */
const neededFields: Readonly<Record<ErpEntity, readonly string[]>> = {
  WAREHOUSES: ['key', 'name'],
  PRODUCTS: ['key', 'sku', 'name'],
  PRICES: ['key', 'price'],
  CUSTOMERS: ['key', 'name'],
  STOCK: ['productKey', 'warehouseKey', 'quantity'],
  SALES: ['key', 'folio', 'soldOn'],
};

/** The tables where they are: they hold the keys, the times and the lines that views leave out. A view otherwise. */
function propose(entity: ErpEntity, catalogue: Catalogue, doubt: Doubt): EntityMapping {
  const hasTables = neededTables[entity].every((table) => catalogue.relations.has(table));
  const view = viewOf(entity, catalogue);
  if (hasTables) {
    if (view) doubt('TWO_SOURCES', `${view.relation.name} could be read instead of the tables`, entity);
    return { from: 'TABLES' };
  }
  if (view === null) {
    doubt('NOTHING_FOUND', 'Neither the tables nor a view was found', entity);
    return { from: 'NOTHING' };
  }
  return view.mapping;
}

function viewOf(
  entity: ErpEntity,
  { relations }: Catalogue,
): { readonly relation: Relation; readonly mapping: EntityMapping } | null {
  for (const relation of relations.values()) {
    const mapping = relation.isView && viewWords[entity].test(relation.name) ? mapView(entity, relation) : null;
    if (mapping !== null) return { relation, mapping };
  }
  return null;
}

/** How a view would be read as a kind, by the names of its columns; null when something needed is missing. */
export function mapView(entity: ErpEntity, { name, columns }: Relation): EntityMapping | null {
  const found = Object.entries({ ...synonyms[entity], modifiedAt: ['FECHA_HORA_ULT_MODIF', 'FECHA_MODIFICACION'] })
    .map(([field, names]) => [field, names.find((one) => columns.has(one))] as const)
    .filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const mapped = Object.fromEntries(found);
  if (entity === 'PRODUCTS' && mapped.description === mapped.name) delete mapped.description;
  if (neededFields[entity].some((field) => mapped[field] === undefined)) return null;
  return { from: 'VIEW', relation: name, columns: mapped };
}

async function sample(
  link: FirebirdLink,
  mapping: ErpMapping,
  catalogue: Catalogue,
  doubt: Doubt,
): Promise<readonly ErpSample[]> {
  const samples: ErpSample[] = [];
  for (const entity of erpEntities) {
    const [part] = partsOf(entity, mapping, catalogue);
    if (part === undefined) continue;
    const { sql, params } = rowsQuery(part, {});
    const rows = await link.rows(sql.replace(/^SELECT /, `SELECT FIRST ${sampleRows} `), params);
    const fields = part.lines === 'IN_ROW' ? [...entityFields[entity], ...saleLineFields] : entityFields[entity];
    samples.push({ entity, fields, rows });
    if (mapping.entities[entity]?.from !== 'VIEW') continue;
    if (part.stamps.length === 0) doubt('NO_TIME_OF_CHANGE', `${part.name} says not when a row changed`, entity);
    if (entity === 'SALES' && part.lines === null) doubt('NO_LINES', `${part.name} has no articles in it`, entity);
  }
  return samples;
}
