import type { PoolClient } from 'pg';
import { productChanged } from '../../products/product-changes.ts';
import { copyList } from './copy-text.ts';
import type { CopyTarget, EntityCopy } from './entity-copy.ts';
import { idsIn, lookedUp } from './looked-up.ts';
import { isNegative, readActive, readDecimal, readKey, readText } from './read-values.ts';

/**
 * Articles. Known by their id: a code may pass from one to another. Where somebody else still has it, the article waits
 * under a code of its own until the other has let go.
 */
export const copyProducts: EntityCopy = {
  stage: [
    {
      name: 'erp_stage_products',
      columns: `key text, sku text, name text, description text, category text, unit text, is_active boolean, price numeric,
        cost numeric, flags text[]`,
    },
  ],
  keyColumns: 1,
  read: ({ values: [id, code, title, about, group, measure, active, listed, paid] }) => {
    const key = readKey(id);
    const sku = readText(code, 50);
    const name = readText(title, 255);
    const price = readDecimal(listed, 'price');
    const flags = [
      ...(sku === null ? ['MISSING_CODE'] : []),
      ...(name === null ? ['MISSING_NAME'] : []),
      ...(isNegative(price) ? ['NEGATIVE_PRICE'] : []),
    ];
    const own = sku ?? `#${key}`.slice(0, 50);
    const texts = [readText(about, 10_000), readText(group, 255), readText(measure, 50)];
    return [[[key, own, name ?? own, ...texts, readActive(active), price, readDecimal(paid, 'cost'), copyList(flags)]]];
  },
  async merge(client, target) {
    await client.query(categoriesSql, [target.companyId]);
    const params = [target.installationId, target.companyId, target.now];
    const merged = await client.query<Changed | { readonly id: null }>(mergeSql, params);
    const rows = merged.rows.filter((row) => row.id !== null);
    if (rows.length < merged.rows.length) rows.push(...(await client.query<Changed>(waitingSql, params)).rows);
    return {
      created: rows.filter(({ is_new }) => is_new).length,
      updated: rows.filter(({ is_new }) => !is_new).length,
      failed: [],
      events: target.isAnnounced ? rows.map((row) => eventOf(row, row.is_new ? 'CREATED' : 'UPDATED', target)) : [],
    };
  },
  ours: () => ({
    from: 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL',
    key: 'o.erp_id',
    summed: null,
  }),
  async remove(client, target) {
    const { rows } = await client.query<Changed>(
      `UPDATE inventory.erp_productos o SET deleted_at = $2, updated_at = $2, last_synced_at = $2
       WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)
       RETURNING o.id::text, o.codigo AS sku, FALSE AS is_new`,
      [target.installationId, target.now],
    );
    return { deleted: rows.length, events: rows.map((row) => eventOf(row, 'DELETED', target)) };
  },
  async settle(client, { installationId }) {
    await client.query(settleSql, [installationId]);
    await client.query(flagSql, [installationId]);
    await client.query(linkLinesSql, [installationId]);
  },
};

interface Changed {
  readonly id: string;
  readonly sku: string;
  readonly is_new: boolean;
}

function eventOf({ id, sku }: Changed, kind: 'CREATED' | 'UPDATED' | 'DELETED', { companyId, now }: CopyTarget) {
  const payload = { kind, productId: id, sku };
  return { topic: productChanged, companyId, siteId: null, key: id, occurredAt: now, payload };
}

const categoriesSql = `INSERT INTO inventory.categories (company_id, name)
  SELECT DISTINCT $1::uuid, category FROM erp_stage_products WHERE category IS NOT NULL ORDER BY 2 ON CONFLICT DO NOTHING`;

/** A code that nobody has: the wanted one, cut, with the id and the installation behind it. */
const waiting = (row: string) =>
  `left(${row}.sku, greatest(1, 44 - length(${row}.key))) || '~' || left(${row}.key, 38) || '~' || left(md5($1::text), 4)`;

const changedSql = `
  SELECT st.*, p.id, c.id AS category_id FROM erp_stage_products st
  ${lookedUp('p', 'id, row_hash, deleted_at', 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.erp_id = st.key')}
  ${lookedUp('c', 'id', 'inventory.categories o WHERE o.company_id = $2 AND o.name = st.category')}
  WHERE p.id IS NULL OR p.row_hash IS DISTINCT FROM st.hash OR p.deleted_at IS NOT NULL`;

const insertSql = (code: string) => `
  INSERT INTO inventory.erp_productos (codigo, erp_codigo, nombre, descripcion, categoria, category_id, unidad_medida, activo,
    precio, costo, flags, row_hash, erp_id, installation_id, company_id, last_synced_at, updated_at, sync_status)
  SELECT ${code}, c.sku, c.name, c.description, c.category, c.category_id, c.unit, c.is_active, c.price, c.cost, c.flags,
    c.hash, c.key, $1, $2, $3, $3, 'synced'
  FROM changed c WHERE c.id IS NULL`;

/** Answers what it wrote, and without an id the keys of those whose code somebody has. */
const mergeSql = `
  WITH changed AS MATERIALIZED (${changedSql}),
  updated AS (
    UPDATE inventory.erp_productos p SET
      codigo = CASE WHEN p.deleted_at IS NULL AND p.codigo = c.sku THEN p.codigo ELSE ${waiting('c')} END,
      erp_codigo = c.sku, nombre = c.name, descripcion = coalesce(c.description, p.descripcion), categoria = c.category,
      category_id = c.category_id, unidad_medida = c.unit, activo = c.is_active,
      precio = CASE WHEN p.price_hash IS NULL THEN coalesce(c.price, p.precio) ELSE p.precio END,
      costo = coalesce(c.cost, p.costo), flags = c.flags, row_hash = c.hash, deleted_at = NULL, last_synced_at = $3,
      updated_at = $3, sync_status = 'synced'
    FROM changed c WHERE p.id = c.id AND ${idsIn('p.id', 'changed')} RETURNING p.id, c.sku),
  created AS (
    ${insertSql('c.sku')}
    ON CONFLICT (company_id, codigo) WHERE deleted_at IS NULL DO NOTHING RETURNING id, erp_codigo AS sku, erp_id AS key)
  SELECT id::text, sku, FALSE AS is_new FROM updated
  UNION ALL SELECT id::text, sku, TRUE FROM created
  UNION ALL SELECT NULL, key, TRUE FROM changed WHERE id IS NULL AND key NOT IN (SELECT key FROM created)`;

const waitingSql = `
  WITH changed AS (${changedSql})
  ${insertSql(waiting('c'))} RETURNING id::text, erp_codigo AS sku, TRUE AS is_new`;

/** Gives waiting articles their code where nobody has it any more; of several, to the one that came first. */
const settleSql = `
  UPDATE inventory.erp_productos p SET codigo = p.erp_codigo, flags = array_remove(p.flags, 'DUPLICATE_SKU')
  WHERE p.id IN (
    SELECT DISTINCT ON (q.erp_codigo) q.id FROM inventory.erp_productos q
    WHERE q.installation_id = $1 AND q.codigo <> q.erp_codigo AND q.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM inventory.erp_productos o
        WHERE o.company_id = q.company_id AND o.codigo = q.erp_codigo AND o.deleted_at IS NULL)
    ORDER BY q.erp_codigo, q.created_at, q.id)`;

const flagSql = `
  UPDATE inventory.erp_productos p SET flags = array_append(p.flags, 'DUPLICATE_SKU')
  WHERE p.installation_id = $1 AND p.codigo <> p.erp_codigo AND p.deleted_at IS NULL AND NOT 'DUPLICATE_SKU' = ANY(p.flags)`;

const linkLinesSql = `
  UPDATE inventory.erp_ventas_detalle d SET producto_id = p.id FROM inventory.erp_productos p
  WHERE d.installation_id = $1 AND d.producto_id IS NULL AND d.producto_erp_id IS NOT NULL
    AND p.installation_id = $1 AND p.erp_id = d.producto_erp_id`;

/** Gives lines that came before their product the product. */
export async function linkLines(client: PoolClient, { installationId }: CopyTarget): Promise<void> {
  await client.query(linkLinesSql, [installationId]);
}
