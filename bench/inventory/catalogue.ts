import type { Database } from '@cauce/shared/db/database';

const things = [
  ...['Filtro de aceite', 'Filtro de aire', 'Filtro de combustible', 'Rodamiento rígido de bolas', 'Rodamiento cónico'],
  ...['Correa dentada', 'Correa en V', 'Cadena de transmisión', 'Piñón', 'Bomba centrífuga', 'Válvula de bola'],
  ...['Válvula de retención', 'Manguera hidráulica', 'Cañería galvanizada', 'Codo de PVC', 'Niple hexagonal'],
  ...[
    'Perno hexagonal',
    'Tuerca autofrenante',
    'Golilla plana',
    'Grasa de litio',
    'Aceite hidráulico',
    'Sello mecánico',
  ],
  ...[
    'Retén de eje',
    'Matriz peletizadora',
    'Camisa de rodillo',
    'Martillo de molino',
    'Criba perforada',
    'Tornillo sinfín',
  ],
  ...[
    'Cangilón plástico',
    'Sensor de nivel',
    'Contactor trifásico',
    'Cable de control',
    'Ampolleta',
    'Guante de cabritilla',
  ],
] as const;
const ofWhat = [
  'camión',
  'tractor',
  'molino',
  'peletizadora',
  'caldera',
  'motor eléctrico',
  'compresor',
  'elevador',
  'mezcladora',
] as const;
const makes = [
  'Araucana',
  'Ñandú',
  'Quillay',
  'Peumo',
  'Maitén',
  'Boldo',
  'Canelo',
  'Raulí',
  'Coigüe',
  'Lenga',
  'Tepú',
] as const;
const extras = [
  'reforzado',
  'inoxidable',
  'importado',
  'estándar',
  'liviano',
  'doble',
  'sellado',
  'alta temperatura',
] as const;

/** Searches that a person may type in a catalogue made by `addCatalogue`. */
export interface CatalogueWords {
  pair(round: number): string;
  /** Two neighbouring letters swapped, so that nothing is spelled so. */
  slip(round: number): string;
  /** Stands in thousands of names. */
  common(round: number): string;
  /** Stands in thousands of names and begins none. */
  middle(round: number): string;
  code(round: number): string;
  barcode(round: number): string;
}

/**
 * Adds products with names as distributors write them, each stocked at two of a company's three places (or at its one),
 * one in twelve below its minimum, one in two hundred negative, and three sale lines of two in three products.
 */
export async function addCatalogue(
  { pool }: Database,
  { companyId, siteIds }: { readonly companyId: string; readonly siteIds: readonly string[] },
  count: number,
): Promise<CatalogueWords> {
  // In parts, each within the time of a statement.
  for (let first = 1; first <= count; first += 10_000)
    await pool.query(
      `INSERT INTO inventory.erp_productos (codigo, codigo_barras, nombre, categoria, descripcion, unidad_medida, precio, costo, activo, company_id)
     SELECT upper(left(t.thing, 3)) || '-' || lpad(n::text, 6, '0'), '780' || lpad((n * 7919 % 1000000000)::text, 9, '0'),
       t.thing || ' ' || ($3::text[])[1 + n / 7 % cardinality($3)] || ' ' || ($4::text[])[1 + n / 3 % cardinality($4)] || ' '
         || (n % 97 + 3) || 'x' || (n / 11 % 53 + 5) || ' mm ' || ($5::text[])[1 + n / 5 % cardinality($5)],
       split_part(t.thing, ' ', 1), CASE WHEN n % 4 = 0 THEN 'Para uso industrial, repuesto original' END, 'un',
       1000 + n % 9000, 700 + n % 6000, n % 20 <> 0, $1
     FROM generate_series($7::int, least($6::int, $7::int + 9999)) AS n, LATERAL (SELECT ($2::text[])[1 + n % cardinality($2)] AS thing) AS t`,
      [companyId, things, ofWhat, makes, extras, count, first],
    );
  await pool.query(
    `INSERT INTO inventory.erp_inventario (producto_id, almacen, site_id, company_id, stock_actual, stock_minimo)
     SELECT p.id, 'BODEGA ' || s.n, s.site_id::uuid, $1, CASE WHEN p.n % 200 = 0 THEN -2.5 ELSE p.n % 120 + 0.5 END, CASE WHEN p.n % 2 = 0 THEN 20 ELSE 0 END
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM inventory.erp_productos WHERE company_id = $1) AS p
     JOIN unnest($2::text[]) WITH ORDINALITY AS s (site_id, n) ON (p.n + s.n) % 3 <> 0`,
    [companyId, siteIds],
  );
  await pool.query(
    `WITH sale AS (INSERT INTO inventory.erp_ventas (folio, fecha, site_id, company_id)
       SELECT 'B-' || d, current_date - d, $2::uuid, $1 FROM generate_series(1, 60) AS d RETURNING id, fecha)
     INSERT INTO inventory.erp_ventas_detalle (venta_id, posicion, producto_id, cantidad, fecha, site_id, company_id)
     SELECT sale.id, p.n, p.id, 1, sale.fecha, $2::uuid, $1
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM inventory.erp_productos WHERE company_id = $1) AS p
     CROSS JOIN generate_series(0, 2) AS g JOIN sale ON sale.fecha = current_date - (1 + (p.n * 7 + g * 19) % 60)::int
     WHERE p.n % 3 <> 0`,
    [companyId, siteIds[0]],
  );
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const wordOf = (round: number) => plain(things[(round * 7) % things.length] ?? '').split(' ')[0] ?? '';
  const codeOf = (n: number) =>
    `${(things[n % things.length] ?? '').slice(0, 3).toUpperCase()}-${String(n).padStart(6, '0')}`;
  return {
    pair: (round) => `${wordOf(round)} ${plain(makes[round % makes.length] ?? '')}`,
    slip: (round) => {
      const word = wordOf(round);
      return `${word.slice(0, 2)}${word[3] ?? ''}${word[2] ?? ''}${word.slice(4)} ${plain(makes[round % makes.length] ?? '')}`;
    },
    common: (round) => wordOf(round),
    middle: (round) =>
      plain(round % 2 === 0 ? (extras[round % extras.length] ?? '') : (ofWhat[round % ofWhat.length] ?? '')),
    code: (round) => codeOf(1 + ((round * 3571) % count)),
    barcode: (round) => `780${String(((1 + ((round * 3571) % count)) * 7919) % 1_000_000_000).padStart(9, '0')}`,
  };
}
