import { beforeAll, describe, expect, test } from 'vitest';
import { migratedDatabase } from './test-support/databases.ts';

const { pool } = await migratedDatabase();
beforeAll(async () => {
  await pool.query(
    `INSERT INTO inventory.erp_productos (codigo, nombre, descripcion, categoria) VALUES
       ('FLT-0012', 'Filtro de aceite camión', 'Para motores diésel', 'Filtros'),
       ('FLT-0013', 'Filtro de aire', NULL, 'Filtros'),
       ('ROD-6204', 'Rodamiento rígido de bolas', 'Sellado', 'Rodamientos'),
       ('COR-100%', 'Correa dentada', NULL, NULL)`,
  );
  await pool.query(
    `INSERT INTO inventory.erp_productos (codigo, nombre) SELECT 'X-' || n, 'Pieza número ' || n FROM generate_series(1, 5000) AS n`,
  );
  await pool.query('ANALYZE inventory.erp_productos');
});

describe('product search', () => {
  test.each([
    ['whole words, without accents or case', 'FILTRO camion', ['FLT-0012']],
    ['another form of the word', 'camiones', ['FLT-0012']],
    ['a word that is still being typed', 'rodam', ['ROD-6204']],
    ['a misspelled word', 'rodamineto', ['ROD-6204']],
    ['a piece of the code', '6204', ['ROD-6204']],
    ['the description', 'diesel', ['FLT-0012']],
    ['signs that mean something in SQL', '100%', ['COR-100%']],
  ])('finds %s', async (_, search, expected) => {
    const { rows } = await pool.query<{ codigo: string }>(
      'SELECT codigo FROM inventory.search_products($1) JOIN inventory.erp_productos USING (id) ORDER BY rank DESC LIMIT 1',
      [search],
    );
    expect(rows.map((row) => row.codigo)).toEqual(expected);
  });

  test('puts the product whose code was typed first', async () => {
    const { rows } = await pool.query(
      'SELECT codigo FROM inventory.search_products($1) JOIN inventory.erp_productos USING (id) ORDER BY rank DESC',
      ['x-100'],
    );
    expect(rows[0]).toEqual({ codigo: 'X-100' });
  });

  test.each(["'", '\\', '&|!', ':*', '', '   ', '"', '%', "a' OR 1=1 --"])(
    'takes %j without an error',
    async (search) => {
      await expect(pool.query('SELECT * FROM inventory.search_products($1, 5)', [search])).resolves.toBeDefined();
    },
  );

  test('reads indexes, not the table', async () => {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM inventory.erp_productos
       WHERE inventory.product_document(codigo, nombre, descripcion, categoria) @@ inventory.product_query('filtro aceite')
          OR platform.search_text(codigo || ' ' || nombre) %> platform.search_text('filtro aceite')
          OR platform.search_text(codigo || ' ' || nombre) LIKE '%filtro aceite%'`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('idx_erp_productos_nombre');
    expect(plan).toContain('erp_productos_trigram');
    expect(plan).not.toContain('Seq Scan');
  });
});
