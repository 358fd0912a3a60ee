import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { isLess } from '../stock/stock-writes.store.ts';
import { type SettingStore, SettingTaken, type SettingWrites } from './setting.store.ts';
import { type ReplenishmentSetting, usualSetting } from './setting.ts';
import { type SettingFields, saveSettingSchema, saveSettingsSchema } from './setting-input.ts';

/** How products are bought: read by who reaches them, changed by who may write stock. */
export interface ReplenishmentSettings {
  byId(id: string): Promise<ReplenishmentSetting | null>;
  /** What holds for a product at a site; null where the usual does. */
  holding(productId: string, siteId: string): Promise<ReplenishmentSetting | null>;
  /** @throws NotFound, Conflict (`STALE`, `OTHER_COMPANY`) or ValidationFailed */
  save(input: unknown): Promise<ReplenishmentSetting>;
  /** The same fields for many products: all of them or none. @throws as `save` */
  saveMany(input: unknown): Promise<readonly ReplenishmentSetting[]>;
}

export interface ReplenishmentSettingsDeps {
  readonly store: SettingStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

export function createReplenishmentSettings(deps: ReplenishmentSettingsDeps): ReplenishmentSettings {
  const { store } = deps;
  const change = async <Value>(work: Parameters<typeof store.transaction<Value>>[0]) => {
    try {
      return await store.transaction(work);
    } catch (error) {
      if (error instanceof SettingTaken) throw stale();
      throw error;
    } finally {
      store.byId.forget();
    }
  };

  return {
    byId: (id) => store.byId.load(id),
    holding: store.holding,
    async save(input) {
      const { productId, siteId = null, expectedUpdatedAt, ...fields } = parseInput(saveSettingSchema, input);
      return change(async (writes, tx) => {
        const found = await settingsOf(writes, [productId], siteId, deps.actor);
        const [own] = found.values();
        // A setting that exists is only changed by who has seen it; one that does not, by who has seen that.
        if ((expectedUpdatedAt?.getTime() ?? null) !== (own?.before?.updatedAt.getTime() ?? null)) throw stale();
        const [saved] = await writeAll(writes, tx, found, siteId, fields, deps);
        if (saved === undefined) throw new NotFound('Product');
        return saved;
      });
    },
    async saveMany(input) {
      const { productIds, siteId = null, ...fields } = parseInput(saveSettingsSchema, input);
      return change(async (writes, tx) => {
        const found = await settingsOf(writes, productIds, siteId, deps.actor);
        return writeAll(writes, tx, found, siteId, fields, deps);
      });
    },
  };
}

/** What holds for a product so far: its own setting, the one for every site, and whose product it is. */
interface Found {
  readonly companyId: string;
  readonly before: ReplenishmentSetting | undefined;
  readonly forAll: ReplenishmentSetting | undefined;
}

const stale = () =>
  new Conflict(
    'STALE',
    'The setting is not as it was seen: read it again, and send its updatedAt as expectedUpdatedAt',
  );

async function settingsOf(
  writes: SettingWrites,
  productIds: readonly string[],
  siteId: string | null,
  { viewer }: AuditActor,
): Promise<ReadonlyMap<string, Found>> {
  if (siteId !== null && !reaches(viewer.siteIds, siteId)) throw new NotFound('Site');
  const products = new Map((await writes.products(productIds)).map(({ id, companyId }) => [id, companyId]));
  const companies = siteId === null ? null : new Set(await writes.companiesAt(siteId));
  const settings = await writes.find(productIds, siteId);
  return new Map(
    productIds.map((productId) => {
      const companyId = products.get(productId.toLowerCase());
      if (companyId === undefined || companyId === null) throw new NotFound('Product');
      if (companies?.has(companyId) === false) {
        throw new Conflict('OTHER_COMPANY', "The site has no warehouse of the product's company");
      }
      const of = (where: string | null) =>
        settings.find((one) => one.productId === productId.toLowerCase() && one.siteId === where);
      return [
        productId.toLowerCase(),
        { companyId, before: of(siteId?.toLowerCase() ?? null), forAll: siteId === null ? undefined : of(null) },
      ];
    }),
  );
}

async function writeAll(
  writes: SettingWrites,
  tx: ScopedTransaction,
  found: ReadonlyMap<string, Found>,
  siteId: string | null,
  given: SettingFields,
  { clock, actor }: ReplenishmentSettingsDeps,
): Promise<ReplenishmentSetting[]> {
  const now = clock.now();
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const saved: ReplenishmentSetting[] = [];
  for (const [productId, { companyId, before, forAll }] of found) {
    const { supplierName, leadTimeDays, reviewPeriodDays, packSize, minimumOrder, minimum, maximum, serviceLevel } =
      before ?? forAll ?? usualSetting;
    const next = {
      ...{ supplierName, leadTimeDays, reviewPeriodDays, packSize, minimumOrder, minimum, maximum, serviceLevel },
      ...fields,
    };
    checkLimits(next);
    const after =
      before === undefined
        ? await writes.make({ productId, siteId, companyId, ...next }, now)
        : await writes.replace(before, fields, now);
    if (after === null) throw stale();
    await recordAudit(tx, actor, {
      action: 'inventory.saveReplenishmentSetting',
      entityType: 'ReplenishmentSetting',
      entityId: after.id,
      companyId,
      siteId,
      before: before ?? null,
      after,
    });
    saved.push(after);
  }
  return saved;
}

function checkLimits({ minimum, maximum }: Pick<ReplenishmentSetting, 'minimum' | 'maximum'>): void {
  if (minimum !== null && maximum !== null && isLess(maximum, minimum)) {
    throw new ValidationFailed([{ path: 'maximum', code: 'TOO_SMALL', message: 'must not be less than the minimum' }]);
  }
}
