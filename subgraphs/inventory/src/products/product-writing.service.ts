import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import { erpHoldOf, type ProductField } from './erp-hold.ts';
import type { Product } from './product.ts';
import { productChanged } from './product-changes.ts';
import { createProductSchema, deleteProductSchema, updateProductSchema } from './product-input.ts';
import {
  type createProductWriteStore,
  isEqualAmount,
  type ProductReferences,
  SkuTaken,
} from './product-writes.store.ts';

/** Changing the catalogue, for who may write it. Each change is audited and announced in its own transaction. */
export interface ProductWriting {
  /** @throws NotFound, Conflict (`DUPLICATE_SKU`) or ValidationFailed */
  create(input: unknown): Promise<Product>;
  /** @throws NotFound, Conflict (`DUPLICATE_SKU`, `STALE`) or ValidationFailed */
  update(input: unknown): Promise<Product>;
  /** @throws NotFound, Conflict (`STILL_REFERENCED`, `OWNED_BY_ERP`) or ValidationFailed */
  remove(input: unknown): Promise<Product>;
}

export interface ProductWritingDeps {
  readonly store: ReturnType<typeof createProductWriteStore>;
  readonly clock: Clock;
  readonly actor: AuditActor;
  /** Called when something changed: what the request loaded before is no longer true. */
  forgetLoaded(): void;
}

export function createProductWriting({ store, clock, actor, forgetLoaded }: ProductWritingDeps): ProductWriting {
  const change = async <Value>(work: Parameters<typeof store.transaction<Value>>[0], sku?: string) => {
    try {
      return await store.transaction(work);
    } catch (error) {
      if (error instanceof SkuTaken) {
        throw new Conflict('DUPLICATE_SKU', `The company already has a product with the code ${sku ?? ''}`.trim());
      }
      throw error;
    } finally {
      forgetLoaded();
    }
  };

  const announce = async (
    tx: ScopedTransaction,
    kind: keyof typeof actions,
    before: Product | null,
    after: Product | null,
  ) => {
    const product = after ?? before;
    if (product === null) return;
    const { id, sku, companyId } = product;
    await appendEvents(unscoped(tx), [
      {
        topic: productChanged,
        companyId,
        siteId: null,
        key: id,
        occurredAt: clock.now(),
        payload: { kind, productId: id, sku },
      },
    ]);
    await recordAudit(tx, actor, {
      action: actions[kind],
      entityType: 'Product',
      entityId: id,
      companyId,
      before,
      after,
    });
  };

  return {
    async create(input) {
      const { companyId: wanted, isActive, ...fields } = parseInput(createProductSchema, input);
      const companyId = companyFor(wanted ?? null, actor.viewer.companyIds);
      return change(async (writes, tx) => {
        const product = await writes.insert(companyId, { ...fields, isActive: isActive ?? true });
        await announce(tx, 'CREATED', null, product);
        return product;
      }, fields.sku);
    },

    async update(input) {
      const { id, expectedUpdatedAt, ...fields } = parseInput(updateProductSchema, input);
      return change(async (writes, tx) => {
        const before = await writes.find(id);
        if (before === null) throw new NotFound('Product');
        if (expectedUpdatedAt && expectedUpdatedAt.getTime() !== before.updatedAt.getTime()) throw stale();
        refuseHeld(before, fields);
        const after = await writes.replace(before, fields, clock.now());
        if (after === null) throw stale();
        await announce(tx, 'UPDATED', before, after);
        return after;
      }, fields.sku);
    },

    async remove(input) {
      const { id } = parseInput(deleteProductSchema, input);
      return change(async (writes, tx) => {
        const before = await writes.find(id);
        if (before === null) throw new NotFound('Product');
        if (before.installationId !== null) {
          throw new Conflict('OWNED_BY_ERP', "The product is the ERP's, whose next copy would bring it back");
        }
        const used = usesOf(await writes.references(id));
        if (used !== '') throw new Conflict('STILL_REFERENCED', `The product still has ${used}`);
        await writes.remove(id);
        await announce(tx, 'DELETED', before, null);
        return before;
      });
    },
  };
}

const actions = {
  CREATED: 'inventory.createProduct',
  UPDATED: 'inventory.updateProduct',
  DELETED: 'inventory.deleteProduct',
} as const;

const stale = () => new Conflict('STALE', 'The product was changed by somebody else meanwhile: read it again');

/** What stays as it is may be sent; a changed field that the ERP holds is named. */
function refuseHeld(before: Product, fields: Partial<Record<ProductField, string | boolean | null | undefined>>): void {
  const changed = erpHoldOf(before).held.filter(
    (field) => fields[field] !== undefined && !isSame(field, fields[field], before[field]),
  );
  if (changed.length === 0) return;
  throw new ValidationFailed(
    changed.map((path) => ({ path, code: 'OWNED_BY_ERP', message: 'comes from the ERP: change it there' })),
  );
}

/** 12.50 is no other price than 12.5. */
function isSame(
  field: ProductField,
  wanted: string | boolean | null | undefined,
  before: string | boolean | null,
): boolean {
  if (field === 'price' && typeof wanted === 'string' && typeof before === 'string')
    return isEqualAmount(wanted, before);
  return wanted === before;
}

/** Who reaches one company need not name it; who reaches several must. */
function companyFor(wanted: string | null, reach: 'all' | readonly string[]): string {
  const [only] = reach === 'all' ? [] : reach;
  const companyId = wanted ?? (reach !== 'all' && reach.length === 1 ? only : undefined);
  if (companyId === undefined) {
    throw new ValidationFailed([
      { path: 'companyId', code: 'REQUIRED', message: 'say which company the product is of' },
    ]);
  }
  if (!reaches(reach, companyId)) throw new NotFound('Company');
  return companyId;
}

function usesOf({ stockLevels, saleLines, movements, forecasts }: ProductReferences): string {
  return (
    [
      [stockLevels, 'stock levels'],
      [saleLines, 'sale lines'],
      [movements, 'stock movements'],
      [forecasts, 'forecasts'],
    ]
      .filter(([count]) => count !== 0)
      // How many is not said: they may lie at sites that the viewer does not reach.
      .map(([, what]) => what)
      .join(', ')
  );
}
