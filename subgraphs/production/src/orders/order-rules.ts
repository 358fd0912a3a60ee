import type { FieldFailure } from '@cauce/shared/errors/outcomes';
import { hasHappened, type WallClock } from '../plant-time.ts';
import { largestYield } from './order-quality.ts';

/** What an order would be after the change, as far as the rules ask. */
export interface OrderState {
  readonly producedAt: WallClock;
  readonly plannedTons: number | null;
  readonly producedTons: number | null;
  readonly cancelledTons: number | null;
  readonly isDispatched: boolean;
}

type InputField = 'producedAtLocal' | 'plannedTons' | 'producedTons' | 'cancelledTons' | 'isDispatched';

interface Rule {
  /** Fields it speaks of, the one to blame first. */
  readonly fields: readonly [InputField, ...InputField[]];
  readonly code: string;
  readonly message: string;
  isBroken(state: OrderState, now: Date): boolean;
}

const rules: readonly Rule[] = [
  {
    fields: ['producedAtLocal'],
    code: 'IN_FUTURE',
    message: 'the plant’s clock cannot show this time yet',
    isBroken: ({ producedAt }, now) => !hasHappened(producedAt, now),
  },
  {
    fields: ['cancelledTons', 'plannedTons'],
    code: 'TOO_BIG',
    message: 'no more can be cancelled than was planned',
    isBroken: ({ cancelledTons, plannedTons }) => (cancelledTons ?? 0) > (plannedTons ?? 0),
  },
  {
    fields: ['producedTons', 'plannedTons'],
    code: 'TOO_BIG',
    message: 'no order makes more than one and a half times its plan: check the decimal point',
    isBroken: ({ producedTons, plannedTons }) => (producedTons ?? 0) > (plannedTons ?? 0) * largestYield,
  },
  {
    fields: ['producedTons', 'isDispatched'],
    code: 'REQUIRED',
    message: 'an order that was dispatched has a produced weight',
    isBroken: ({ isDispatched, producedTons }) => isDispatched && producedTons === null,
  },
];

/**
 * The rules over several fields that a changed order breaks. A rule counts only when one of its fields was touched, so
 * that a bad row of the source system can be put right one field at a time.
 */
export function brokenRules(state: OrderState, touched: ReadonlySet<string>, now: Date): FieldFailure[] {
  return rules
    .filter((rule) => rule.fields.some((field) => touched.has(field)) && rule.isBroken(state, now))
    .map(({ fields: [path], code, message }) => ({ path, code, message }));
}
