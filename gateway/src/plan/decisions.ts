import type { Viewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessRules, Demand } from './access-rules.ts';
import { isWithinPercent } from './override-labels.ts';
import type { Conditions } from './selection.ts';

/** Everything about one request that its plan depends on. Requests with the same key may run the same plan. */
export interface Decisions {
  readonly key: string;
  /** Values of the Boolean variables that decide `@skip`, `@include` and `@defer`. */
  readonly conditions: Conditions;
  readonly rules: AccessRules | null;
  readonly unmet: ReadonlySet<Demand>;
  /** Which progressive overrides are in force. */
  readonly overrides: ReadonlyMap<string, boolean>;
  /** Whether what the client defers may come later. */
  readonly isDeferring: boolean;
}

export interface DecisionOptions {
  /** Whether a policy that `@policy` names lets a viewer pass. Default: when it is one of their permissions. */
  readonly passesPolicy?: ((policy: string, viewer: Viewer) => boolean) | undefined;
  /** Whether an override with a label of its own is in force. Default: no. `percent(n)` is decided here. */
  readonly isOverrideOn?: ((label: string, scope: RequestScope) => boolean) | undefined;
}

export interface DecidedBy {
  readonly conditionVariables: readonly string[];
  readonly rules: AccessRules | null;
  readonly demands: readonly Demand[];
  readonly overrideLabels: readonly string[];
  readonly isDeferring: boolean;
}

const everything: ReadonlySet<Demand> = new Set();

/** Decides for one request. Without a scope, as for somebody who may see everything. */
export function decide(
  { conditionVariables, rules, demands, overrideLabels, isDeferring }: DecidedBy,
  variables: Readonly<Record<string, unknown>>,
  scope: RequestScope | null,
  options: DecisionOptions,
): Decisions {
  let key = isDeferring ? 'd' : '';
  for (const name of conditionVariables) key += variables[name] === true ? '1' : '0';
  const unmet =
    scope === null ? everything : new Set(demands.filter((demand) => !isMet(demand, scope.viewer, options)));
  if (demands.length > 0) key += `a${demands.map((demand) => (unmet.has(demand) ? '0' : '1')).join('')}`;
  const overrides = new Map(overrideLabels.map((label) => [label, scope !== null && isOn(label, scope, options)]));
  if (overrides.size > 0) key += `o${[...overrides.values()].map(Number).join('')}`;
  return {
    key,
    conditions: new Map(conditionVariables.map((name) => [name, variables[name] === true])),
    rules,
    unmet,
    overrides,
    isDeferring,
  };
}

function isMet(demand: Demand, viewer: Viewer, { passesPolicy }: DecisionOptions): boolean {
  if (demand.kind === 'authenticated') return viewer.kind !== 'anonymous';
  const has: (name: string) => boolean =
    demand.kind === 'policies' && passesPolicy !== undefined
      ? (name) => passesPolicy(name, viewer)
      : (name) => viewer.permissions.some((permission) => permission === name);
  return demand.anyOf.some((names) => names.every(has));
}

function isOn(label: string, scope: RequestScope, { isOverrideOn }: DecisionOptions): boolean {
  const { viewer, address } = scope;
  // People nobody knows are told apart by where they come from, or all of them would be moved at once.
  const who = viewer.kind === 'anonymous' ? (address ?? viewer.id) : viewer.id;
  return isWithinPercent(label, who) ?? isOverrideOn?.(label, scope) ?? false;
}
