import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import { orderReach } from '../order-reach.ts';
import { inDays } from './order-facts.ts';

/** Which orders a headline number is made from; a list that is left out means all that the viewer reaches. */
export interface PeriodFilter {
  readonly range: DateRange;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly productSkus?: readonly string[] | null | undefined;
  readonly hasAdiflow?: boolean | null | undefined;
}

/** Refuses a period that is the wrong way round or without bound, as BAD_USER_INPUT. */
export function checkRange(range: DateRange): DateRange {
  const parsed = dateRangeSchema.safeParse(range);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('BAD_USER_INPUT', issue?.message ?? 'The period is not valid', { detail: { argument: 'range' } });
}

/** The filter and the viewer's reach as one condition over the alias `o`. */
export function periodSql(filter: PeriodFilter, viewer: Viewer): Prisma.Sql {
  const { range, siteIds, companyIds, productSkus, hasAdiflow } = filter;
  const conditions = [inDays(range), orderReach(viewer)];
  if (siteIds) conditions.push(Prisma.sql`o.site_id = ANY(${onlyUuids(siteIds)}::uuid[])`);
  if (companyIds) conditions.push(Prisma.sql`o.company_id = ANY(${onlyUuids(companyIds)}::uuid[])`);
  if (productSkus) conditions.push(Prisma.sql`o.referencia_producto = ANY(${[...productSkus]}::text[])`);
  if (typeof hasAdiflow === 'boolean') conditions.push(Prisma.sql`o.tiene_adiflow = ${hasAdiflow}`);
  return Prisma.join(conditions, ' AND ');
}
