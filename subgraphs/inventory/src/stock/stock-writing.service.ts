import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import { stockChanged } from './stock-changes.ts';
import { type SetStockLevel, setStockLevelSchema } from './stock-input.ts';
import type { StockLevel } from './stock-level.ts';
import {
  type createStockWriteStore,
  isLess,
  LevelTaken,
  type StockPlace,
  type StockWrites,
} from './stock-writes.store.ts';

/** Setting limits and correcting what is on hand, for who may write stock. */
export interface StockWriting {
  /** @throws NotFound, Conflict (`STALE`, `OTHER_COMPANY`) or ValidationFailed */
  setLevel(input: unknown): Promise<StockLevel>;
}

export interface StockWritingDeps {
  readonly store: ReturnType<typeof createStockWriteStore>;
  readonly clock: Clock;
  readonly actor: AuditActor;
  /** Called when something changed: what the request loaded before is no longer true. */
  forgetLoaded(): void;
}

export function createStockWriting({ store, clock, actor, forgetLoaded }: StockWritingDeps): StockWriting {
  const announce = async (
    tx: ScopedTransaction,
    place: StockPlace,
    before: StockLevel | null,
    after: StockLevel,
    reason: string | null,
  ) => {
    const { siteId, product } = place;
    const { id, warehouse, onHand, minimum, maximum, isBelowMinimum, companyId } = after;
    await appendEvents(unscoped(tx), [
      {
        topic: stockChanged,
        companyId,
        siteId,
        key: id,
        occurredAt: clock.now(),
        payload: {
          stockLevelId: id,
          productId: product.id,
          sku: product.sku,
          previousOnHand: before?.onHand ?? null,
          ...{ warehouse, onHand, minimum, maximum, isBelowMinimum, reason },
        },
      },
    ]);
    await recordAudit(tx, actor, {
      action: 'inventory.setStockLevel',
      entityType: 'StockLevel',
      entityId: id,
      companyId,
      siteId,
      before,
      after: { ...after, reason },
    });
  };

  return {
    async setLevel(input) {
      const { expectedUpdatedAt, reason, ...wanted } = parseInput(setStockLevelSchema, input);
      try {
        return await store.transaction(async (writes, tx) => {
          const place = await placeOf(writes, wanted, actor);
          const before = await writes.find(place);
          // A level that exists is only changed by who has seen it; one that does not, by who has seen that.
          if ((expectedUpdatedAt?.getTime() ?? null) !== (before?.updatedAt.getTime() ?? null)) throw stale();
          if (before?.isHeldByErp === true && !isStill(before.onHand, wanted.onHand)) throw heldByErp();
          checkLimits(before, wanted);
          const now = clock.now();
          const after = await writes.write(place, before, wanted, now);
          if (after === null) throw stale();
          if (wanted.onHand !== undefined) {
            await writes.recordCorrection(place, before, after, {
              reason: reason ?? '',
              userId: actor.viewer.userId,
              now,
            });
          }
          await announce(tx, place, before, after, reason ?? null);
          return after;
        });
      } catch (error) {
        if (error instanceof LevelTaken) throw stale();
        throw error;
      } finally {
        forgetLoaded();
      }
    },
  };
}

const stale = () =>
  new Conflict('STALE', 'The stock is not as it was seen: read it again, and send its updatedAt as expectedUpdatedAt');

const heldByErp = () =>
  new ValidationFailed([
    {
      path: 'onHand',
      code: 'OWNED_BY_ERP',
      message: 'comes from the ERP, whose next copy would undo it: correct it there',
    },
  ]);

/** What stays as it is may be sent; 5.0 is no other quantity than 5. */
function isStill(before: string, wanted: string | undefined): boolean {
  return wanted === undefined || !(isLess(before, wanted) || isLess(wanted, before));
}

async function placeOf(
  writes: StockWrites,
  { productId, siteId, warehouse }: Pick<SetStockLevel, 'productId' | 'siteId' | 'warehouse'>,
  { viewer }: AuditActor,
): Promise<StockPlace> {
  if (!reaches(viewer.siteIds, siteId)) throw new NotFound('Site');
  const product = await writes.product(productId);
  if (product === null) throw new NotFound('Product');
  const [first, second] = await writes.warehouses(siteId, warehouse ?? null);
  if (first === undefined) throw new NotFound('Warehouse');
  if (second !== undefined) {
    throw new ValidationFailed([
      { path: 'warehouse', code: 'REQUIRED', message: 'the site has several warehouses: say which' },
    ]);
  }
  if (first.companyId !== product.companyId) {
    throw new Conflict('OTHER_COMPANY', 'The product is of another company than the warehouse');
  }
  return { product, warehouse: first, siteId };
}

function checkLimits(
  before: StockLevel | null,
  { minimum, maximum }: Pick<SetStockLevel, 'minimum' | 'maximum'>,
): void {
  const most = maximum === undefined ? (before?.maximum ?? null) : maximum;
  if (most !== null && isLess(most, minimum ?? before?.minimum ?? '0')) {
    throw new ValidationFailed([{ path: 'maximum', code: 'TOO_SMALL', message: 'must not be less than the minimum' }]);
  }
}
