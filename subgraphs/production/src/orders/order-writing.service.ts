import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { differenceTons, type ProductionOrder, sackoffPct } from './order.ts';
import { recordOrderSchema, updateOrderSchema } from './order-input.ts';
import { brokenRules, type OrderState } from './order-rules.ts';
import type { createOrderWriteStore } from './order-writes.store.ts';
import type { PlantConvention } from './plant-convention.ts';

/** Recording and changing orders, for who may write them. Each change is audited in its own transaction. */
export interface OrderWriting {
  /** @throws NotFound, Conflict (`SITE_IS_NO_PLANT`, `ORDER_NUMBER_TAKEN`) or ValidationFailed */
  record(input: unknown): Promise<ProductionOrder>;
  /** @throws NotFound, Conflict (`STALE`) or ValidationFailed */
  update(input: unknown): Promise<ProductionOrder>;
}

export interface OrderWritingDeps {
  readonly store: ReturnType<typeof createOrderWriteStore>;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

export function createOrderWriting({ store, clock, actor }: OrderWritingDeps): OrderWriting {
  return {
    async record(input) {
      const { siteId, orderNumber, producedAtLocal, productSku, plannedTons, isDispatched, ...rest } = parseInput(
        recordOrderSchema,
        input,
      );
      const state: OrderState = {
        producedAt: producedAtLocal,
        plannedTons,
        producedTons: rest.producedTons ?? null,
        cancelledTons: rest.cancelledTons ?? null,
        isDispatched: isDispatched ?? false,
      };
      check(state, allFields, clock.now());
      if (!reaches(actor.viewer.siteIds, siteId)) throw new NotFound('Site');

      return store.transaction(async (writes, tx) => {
        const plant = await writes.plantOf(siteId);
        if (plant === null)
          throw new Conflict('SITE_IS_NO_PLANT', 'No plant of the source system is mapped to this site');
        if (await writes.isNumberTaken(siteId, orderNumber)) {
          throw new Conflict('ORDER_NUMBER_TAKEN', 'This plant already has an order of this number');
        }
        const order = await writes.insert({
          ...withoutMissing(rest),
          orderNumber,
          plannedTons,
          plant: plant.plant,
          siteId,
          companyId: plant.companyId,
          producedAt: state.producedAt,
          productionMonth: monthOf(state.producedAt),
          productReference: productSku,
          isDispatched: state.isDispatched,
          ...storedColumns(state, plant),
        });
        await recordAudit(tx, actor, { ...changeOf(order), action: 'production.recordProductionOrder', after: order });
        return order;
      });
    },

    async update(input) {
      const parsed = parseInput(updateOrderSchema, input);
      const { id, expectedUpdatedAt, producedAtLocal, productSku, isDispatched, ...rest } = parsed;
      return store.transaction(async (writes, tx) => {
        const before = await writes.find(id);
        if (before === null) throw new NotFound('ProductionOrder');
        const isStale = expectedUpdatedAt && expectedUpdatedAt.getTime() !== before.updatedAt.getTime();
        if (isStale) throw stale();

        const state: OrderState = {
          producedAt: producedAtLocal ?? before.producedAt,
          plannedTons: rest.plannedTons === undefined ? before.plannedTons : rest.plannedTons,
          producedTons: rest.producedTons === undefined ? before.producedTons : rest.producedTons,
          cancelledTons: rest.cancelledTons === undefined ? before.cancelledTons : rest.cancelledTons,
          isDispatched: isDispatched === undefined ? before.isDispatched : (isDispatched ?? false),
        };
        check(state, touchedBy(parsed), clock.now());
        const plant = before.siteId === null ? null : await writes.plantOf(before.siteId);
        const after = await writes.replace(before, {
          ...withoutMissing(rest),
          ...(producedAtLocal === undefined
            ? {}
            : { producedAt: state.producedAt, productionMonth: monthOf(state.producedAt) }),
          ...(productSku === undefined ? {} : { productReference: productSku }),
          ...(isDispatched === undefined ? {} : { isDispatched: state.isDispatched }),
          ...(weightFields.some((field) => parsed[field] !== undefined) ? storedColumns(state, plant) : {}),
        });
        if (after === null) throw stale();
        await recordAudit(tx, actor, {
          ...changeOf(after),
          action: 'production.updateProductionOrder',
          before,
          after,
        });
        return after;
      });
    },
  };
}

const weightFields = ['plannedTons', 'producedTons', 'cancelledTons'] as const;
const allFields = new Set(['producedAtLocal', ...weightFields, 'isDispatched']);

function check(state: OrderState, touched: ReadonlySet<string>, now: Date): void {
  const failures = brokenRules(state, touched, now);
  if (failures.length > 0) throw new ValidationFailed(failures);
}

function touchedBy(input: object): ReadonlySet<string> {
  return new Set(Object.entries(input).flatMap(([field, value]) => (value === undefined ? [] : [field])));
}

const stale = () => new Conflict('STALE', 'The order was changed by somebody else meanwhile: read it again');

function monthOf(producedAt: Date): string {
  return producedAt.toISOString().slice(0, 7);
}

/** The source's own derived columns, kept right in the sign that its plant uses, for programs that read them. */
function storedColumns(state: OrderState, plant: PlantConvention | null) {
  const sign = plant?.storedDifferenceSign ?? 1;
  const signed = (value: number | null) => (value === null ? null : Math.round(value * sign * 100) / 100);
  return { storedDifferenceTons: signed(differenceTons(state)), storedSackoffPct: signed(sackoffPct(state)) };
}

function changeOf({ id, companyId, siteId }: ProductionOrder) {
  return { entityType: 'ProductionOrder', entityId: id, companyId, siteId };
}

/** To Prisma a field that is there and undefined is not the same as one that is not there. */
function withoutMissing<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
}
