import { Prisma } from '@cauce/prisma/client';

/** A folio without what people and programs write differently: `A-000123`, `a123`. */
export const plainFolioSql = (folio: Prisma.Sql) => Prisma.sql`regexp_replace(
  upper(regexp_replace(${folio}, '[^[:alnum:]]+', '', 'g')), '^([[:alpha:]]*)0+(?=[0-9])', '\\1')`;

/** The folio of a document that is a whole day of a site, where its file has none. */
export const dayFolioSql = (day: Prisma.Sql, siteId: Prisma.Sql) =>
  Prisma.sql`${day} || ' ' || left(${siteId}::text, 8)`;
