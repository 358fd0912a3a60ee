import { plainWords } from './plain-words.ts';

export const importFields = [
  'sku',
  'name',
  'quantity',
  'minimum',
  'maximum',
  'location',
  'price',
  'cost',
  'category',
  'unit',
  'warehouse',
  'date',
  'folio',
  'netTotal',
  'customer',
  'documentType',
  'status',
] as const;
export type ImportField = (typeof importFields)[number];

export type ImportKind = 'STOCK' | 'SALES';

/** How people and programs head each column, as `plainWords` gives it; the first of a list is what we call it. */
const synonyms: Readonly<Record<ImportField, readonly string[]>> = {
  sku: [
    ...['codigo', 'clave', 'sku', 'cod', 'codigo articulo', 'codigo producto', 'codigo de producto', 'item', 'code'],
    ...[
      'codigo de articulo',
      'clave articulo',
      'clave del articulo',
      'clave principal',
      'cod articulo',
      'cod producto',
    ],
    ...['numero de parte', 'no parte', 'no de parte', 'num parte', 'nro parte', 'n parte', 'part number', 'parte'],
    ...['codigo interno', 'cve art', 'cve articulo', 'id articulo', 'referencia', 'ref', 'product code', 'item code'],
  ],
  name: [
    ...['descripcion', 'nombre', 'producto', 'articulo', 'nombre articulo', 'nombre producto', 'nombre del producto'],
    ...['descripcion articulo', 'descripcion del articulo', 'descripcion producto', 'detalle', 'glosa', 'description'],
    ...['name', 'product', 'product name', 'nombre del articulo', 'descripcion del producto'],
  ],
  quantity: [
    ...[
      'existencia',
      'existencias',
      'stock',
      'cantidad',
      'saldo',
      'stock actual',
      'existencia actual',
      'cant',
      'unidades',
    ],
    ...[
      'stock disponible',
      'disponible',
      'inventario',
      'inventario final',
      'saldo final',
      'qty',
      'quantity',
      'on hand',
    ],
    ...['cantidad vendida', 'unidades vendidas', 'cant vendida', 'piezas', 'stock fisico', 'existencia fisica'],
    ...['existencia cantidad', 'existencia total', 'ventas unidades', 'ventas cantidad', 'total unidades'],
  ],
  minimum: [
    ...['minimo', 'stock minimo', 'inventario minimo', 'existencia minima', 'cantidad minima', 'min', 'minimum'],
    ...['inventario minimo', 'existencia minimo', 'nivel minimo', 'stock min', 'niveles minimo'],
  ],
  maximum: [
    ...['maximo', 'stock maximo', 'existencia maxima', 'cantidad maxima', 'max', 'maximum', 'inventario maximo'],
    ...['existencia maximo', 'nivel maximo', 'stock max', 'niveles maximo'],
  ],
  location: ['ubicacion', 'localizacion', 'pasillo', 'estante', 'anaquel', 'location', 'bin', 'posicion', 'rack'],
  price: [
    ...['precio', 'precio unitario', 'precio venta', 'precio de venta', 'p unitario', 'valor unitario', 'precio lista'],
    ...['price', 'unit price', 'precio neto', 'p u', 'precio de lista'],
  ],
  cost: ['costo', 'costo unitario', 'coste', 'costo promedio', 'ultimo costo', 'cost', 'unit cost', 'coste unitario'],
  category: ['categoria', 'linea', 'familia', 'grupo', 'rubro', 'linea articulo', 'category', 'departamento'],
  unit: ['unidad', 'unidad de medida', 'um', 'u m', 'unidad medida', 'unit', 'u medida', 'uom'],
  warehouse: [
    ...['almacen', 'bodega', 'sucursal', 'tienda', 'deposito', 'local', 'warehouse', 'store', 'branch', 'site'],
    ...['nombre almacen', 'nombre sucursal'],
  ],
  date: [
    ...['fecha', 'fecha venta', 'fecha de venta', 'fecha documento', 'fecha emision', 'dia', 'date', 'fecha factura'],
    ...['fecha de emision', 'fecha doc', 'sale date'],
  ],
  folio: [
    ...['folio', 'documento', 'factura', 'no factura', 'numero documento', 'numero factura', 'nro documento', 'boleta'],
    ...['ticket', 'n documento', 'no documento', 'num documento', 'invoice', 'document', 'no de factura', 'remision'],
  ],
  netTotal: [
    ...['importe', 'total neto', 'importe neto', 'total', 'venta neta', 'monto', 'neto', 'subtotal', 'valor total'],
    ...['amount', 'net total', 'ventas importe', 'monto neto', 'total venta', 'precio total'],
  ],
  customer: ['cliente', 'nombre cliente', 'razon social', 'customer', 'nombre del cliente', 'customer name'],
  documentType: [
    ...['tipo', 'tipo documento', 'tipo de documento', 'tipo doc', 'tipo de venta', 'tipo movimiento', 'tipo dte'],
    ...['document type', 'type', 'clase de documento'],
  ],
  status: [
    ...['estatus', 'estado', 'status', 'situacion', 'estado documento', 'estado del documento', 'estatus documento'],
    ...['vigencia', 'document status', 'state'],
  ],
};

const fieldByHeading = new Map<string, ImportField>(
  importFields.flatMap((field) => synonyms[field].map((heading) => [heading, field] as const)),
);

const stockWords = /(?:^| )(?:existencias?|stock|saldos?|inventario|disponibles?|on hand)(?: |$)/;
const soldWords = /(?:^| )(?:vendid[ao]s?|ventas?|sold|sales)(?: |$)/;

/** What the heading of a quantity says of it by itself: how much there is, or how much was sold; null for neither. */
export function kindOfQuantity(heading: string): ImportKind | null {
  const words = plainWords(heading);
  const isStock = stockWords.test(words);
  if (isStock === soldWords.test(words)) return null;
  return isStock ? 'STOCK' : 'SALES';
}

/** Whether a heading of money says that it is without tax, that it may be with it, or neither. */
export function taxOfTotal(heading: string): 'NET' | 'MAY_BE_GROSS' | null {
  const words = plainWords(heading);
  if (/(?:^| )(?:net[oa]?|sub ?total|importe|sin iva|antes de iva)(?: |$)/.test(words)) return 'NET';
  return /(?:^| )total(?: |$)/.test(words) ? 'MAY_BE_GROSS' : null;
}

/** Whether a heading is that of a tax. */
export const isTax = (heading: string): boolean =>
  /^(?:monto )?(?:iva|i v a|impuestos?|tax|taxes|vat)(?: |$)/.test(plainWords(heading));

/** Which field a heading means; null for one that means nothing to us. Units in brackets do not matter. */
export function fieldOfHeading(heading: string): ImportField | null {
  const whole = plainWords(heading);
  if (whole === '' || whole.length > 60) return null;
  const bare = plainWords(heading.replace(/[([{].*$/s, ''));
  return (
    fieldByHeading.get(whole) ??
    fieldByHeading.get(bare) ??
    fieldByHeading.get(bare.replace(/^(n|no|nro) /, '')) ??
    null
  );
}
