import type { Role } from '@cauce/shared/auth/permissions';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';

/** What one operation of somebody may cost at most. What an API key may spend over time is its quota's matter. */
export interface CostBudgets {
  readonly anonymous: number;
  readonly roles: Readonly<Record<Role, number>>;
  readonly apiKey: number;
}

/** Somebody without a credential can only sign in; those who manage ask for whole companies at once. */
export const defaultBudgets: CostBudgets = {
  anonymous: 1_000,
  roles: { VIEWER: 20_000, USER: 20_000, ANALYST: 30_000, MANAGER: 40_000, ADMIN: 40_000 },
  apiKey: 20_000,
};

/** The budget of a viewer for one operation; an API key's is never more than its quota of a minute. */
export function budgetOf({ kind, role, quota }: Viewer, budgets: CostBudgets): number {
  if (kind === 'system') return Number.POSITIVE_INFINITY;
  if (kind === 'apiKey') return Math.min(budgets.apiKey, quota?.unitsPerMinute ?? Number.POSITIVE_INFINITY);
  return kind === 'user' && role !== null ? budgets.roles[role] : budgets.anonymous;
}

/** Throws OPERATION_TOO_COSTLY when an operation costs more than its viewer may ask for at once. */
export function refuseTooCostly(cost: number, budget: number): void {
  if (cost <= budget) return;
  throw new AppError('OPERATION_TOO_COSTLY', `The operation may cost ${cost}; you may ask for ${budget} at once`, {
    detail: { measured: cost, limit: budget },
  });
}
