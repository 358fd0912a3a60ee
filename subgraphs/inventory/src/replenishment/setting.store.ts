import type { Prisma } from '@cauce/prisma/client';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type Loader, rowLoader } from '../loaders.ts';
import type { ReplenishmentSetting } from './setting.ts';

/** Settings as far as one viewer reaches. */
export interface SettingStore {
  readonly byId: Loader<string, ReplenishmentSetting | null>;
  /** The setting of the site, or the one that holds for every site; null where neither is made. */
  holding(productId: string, siteId: string): Promise<ReplenishmentSetting | null>;
  /** @throws SettingTaken */
  transaction<Value>(work: (writes: SettingWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value>;
}

/** Changes of settings inside one transaction. */
export interface SettingWrites {
  /** Those of the products that are there and within reach. */
  products(ids: readonly string[]): Promise<{ readonly id: string; readonly companyId: string | null }[]>;
  /** Companies that keep a warehouse at the site. */
  companiesAt(siteId: string): Promise<string[]>;
  /** Of those products, for the site and for every site. */
  find(productIds: readonly string[], siteId: string | null): Promise<ReplenishmentSetting[]>;
  make(setting: Omit<ReplenishmentSetting, 'id' | 'updatedAt'>, now: Date): Promise<ReplenishmentSetting>;
  /** Null when the setting is no longer the one that was read. */
  replace(
    before: ReplenishmentSetting,
    fields: Partial<ReplenishmentSetting>,
    now: Date,
  ): Promise<ReplenishmentSetting | null>;
}

/** Thrown where somebody else made the setting at the same time. */
export class SettingTaken extends Error {}

export function createSettingStore(client: ScopedClient): SettingStore {
  return {
    byId: rowLoader(
      async (ids) =>
        (await client.replenishmentSetting.findMany({ where: { id: { in: onlyUuids(ids) } } })).map(toSetting),
      ({ id }) => id,
    ),
    async holding(productId, siteId) {
      if (onlyUuids([productId, siteId]).length < 2) return null;
      const rows = await client.replenishmentSetting.findMany({
        where: { productId, OR: [{ siteId }, { siteId: null }] },
      });
      const row = rows.find((one) => one.siteId !== null) ?? rows[0];
      return row === undefined ? null : toSetting(row);
    },
    async transaction(work) {
      try {
        return await client.$transaction((tx) => work(writesIn(tx), tx));
      } catch (error) {
        if (isUniqueViolation(error)) throw new SettingTaken();
        throw error;
      }
    },
  };
}

function writesIn(tx: ScopedTransaction): SettingWrites {
  return {
    products: (ids) =>
      tx.product.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, select: { id: true, companyId: true } }),
    async companiesAt(siteId) {
      const rows = await tx.warehouse.findMany({
        where: { siteId, isActive: true, deletedAt: null },
        select: { companyId: true },
        distinct: ['companyId'],
      });
      return rows.map(({ companyId }) => companyId);
    },
    async find(productIds, siteId) {
      const where = { productId: { in: [...productIds] }, OR: [{ siteId }, { siteId: null }] };
      // In one order, so that two changes of the same products wait for each other and none for both.
      return (await tx.replenishmentSetting.findMany({ where, orderBy: { id: 'asc' } })).map(toSetting);
    },
    async make(setting, now) {
      return toSetting(await tx.replenishmentSetting.create({ data: { ...setting, updatedAt: now } }));
    },
    async replace({ id, updatedAt }, fields, now) {
      // Two changes within a millisecond must not look like one version.
      const next = new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
      const { count } = await tx.replenishmentSetting.updateMany({
        where: { id, updatedAt },
        data: { ...fields, updatedAt: next },
      });
      return count === 0 ? null : toSetting(await tx.replenishmentSetting.findUniqueOrThrow({ where: { id } }));
    },
  };
}

function toSetting(row: Prisma.ReplenishmentSettingGetPayload<object>): ReplenishmentSetting {
  const { id, productId, siteId, companyId, supplierName, leadTimeDays, reviewPeriodDays, updatedAt } = row;
  return {
    ...{ id, productId, siteId, companyId, supplierName, leadTimeDays, reviewPeriodDays, updatedAt },
    packSize: row.packSize.toFixed(),
    minimumOrder: row.minimumOrder?.toFixed() ?? null,
    minimum: row.minimum?.toFixed() ?? null,
    maximum: row.maximum?.toFixed() ?? null,
    serviceLevel: row.serviceLevel.toFixed(),
  };
}
