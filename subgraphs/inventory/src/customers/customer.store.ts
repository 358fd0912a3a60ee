import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { withoutNul } from '../plain-text.ts';
import { searchWords } from '../products/search-words.ts';
import { anyOf, companyReachSql } from '../reach-sql.ts';
import type { Customer, CustomerFilter } from './customer.ts';

/** Reads customers as far as one viewer reaches. */
export interface CustomerStore {
  byIds(ids: readonly string[]): Promise<Customer[]>;
  /** An ERP's number is unique in its installation only; of several customers the one that is here longest answers. */
  byErpIds(erpIds: readonly string[]): Promise<Customer[]>;
  /** By name. */
  page(filter: CustomerFilter, cursor: ListCursor): Promise<Customer[]>;
  count(filter: CustomerFilter): Promise<number>;
}

export function createCustomerStore(client: PrismaClient, viewer: Viewer): CustomerStore {
  const visible = Prisma.sql`c.deleted_at IS NULL AND ${companyReachSql(viewer, 'c')}`;
  return {
    byIds: (ids) =>
      client.$queryRaw<Customer[]>`
        SELECT ${columns} FROM inventory.erp_clientes c WHERE ${visible} AND ${anyOf(Prisma.sql`c.id`, ids)}`,
    byErpIds: (erpIds) =>
      client.$queryRaw<Customer[]>`
        SELECT DISTINCT ON (c.erp_id) ${columns} FROM inventory.erp_clientes c
        WHERE ${visible} AND c.erp_id = ANY(${erpIds.map(withoutNul)}::text[]) ORDER BY c.erp_id, c.created_at, c.id`,
    page: (filter, { limit, after }) => {
      const continues =
        after === null ? Prisma.empty : Prisma.sql`AND (c.nombre, c.id) > (${after.value}, ${after.id}::uuid)`;
      return client.$queryRaw<Customer[]>`
        SELECT ${columns} FROM inventory.erp_clientes c WHERE ${visible} AND ${conditions(filter)} ${continues}
        ORDER BY c.nombre, c.id LIMIT ${limit + 1}`;
    },
    async count(filter) {
      const [row] = await client.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM inventory.erp_clientes c WHERE ${visible} AND ${conditions(filter)}`;
      return row?.count ?? 0;
    },
  };
}

const columns = Prisma.sql`c.id, c.erp_id AS "erpId", c.nombre AS name, c.rfc AS "taxId", c.email, c.telefono AS phone,
  c.direccion AS address, c.is_active AS "isActive", c.company_id AS "companyId", c.last_synced_at AS "lastSyncedAt"`;

function conditions({ search, companyIds, active }: CustomerFilter): Prisma.Sql {
  const all = [Prisma.sql`TRUE`];
  if (typeof active === 'boolean') all.push(Prisma.sql`c.is_active = ${active}`);
  if (companyIds) all.push(anyOf(Prisma.sql`c.company_id`, companyIds));
  for (const { text } of searchWords(search ?? '')) {
    const place = Prisma.sql`platform.search_text(concat_ws(' ', c.nombre, c.rfc, c.erp_id))`;
    all.push(Prisma.sql`${place} LIKE ${`%${text}%`}`);
  }
  return Prisma.join(all, ' AND ');
}
