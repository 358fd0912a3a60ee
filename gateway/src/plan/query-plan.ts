import type { DocumentNode } from 'graphql';

/** How one operation is answered: what to ask of which subgraph, in which order, and where the answers belong. */
export interface QueryPlan {
  /** Nothing to fetch when the operation asks for introspection only. */
  readonly root: PlanNode | SubscriptionNode | null;
}

export type PlanNode = FetchNode | FlattenNode | SequenceNode | ParallelNode | ConditionNode | DeferNode;

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: 'parallel';
  readonly nodes: readonly PlanNode[];
}

/** Runs `node` on everything that `path` leads to. */
export interface FlattenNode {
  readonly kind: 'flatten';
  readonly path: readonly PathStep[];
  readonly node: PlanNode;
}

/** Takes a branch by the value of a Boolean variable. */
export interface ConditionNode {
  readonly kind: 'condition';
  readonly variable: string;
  readonly whenTrue: PlanNode | null;
  readonly whenFalse: PlanNode | null;
}

/** What the client lets come later: each part may run once `primary` has ended. */
export interface DeferNode {
  readonly kind: 'defer';
  readonly primary: PlanNode | null;
  readonly deferred: readonly { readonly label: string | null; readonly node: PlanNode | null }[];
}

/** `primary` is the stream of one subgraph; `rest` completes each of its events from the others. */
export interface SubscriptionNode {
  readonly kind: 'subscription';
  readonly primary: FetchNode;
  readonly rest: PlanNode | null;
}

export type OperationKind = 'query' | 'mutation' | 'subscription';

export interface FetchNode {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly operationKind: OperationKind;
  readonly operationName: string | undefined;
  readonly query: string;
  readonly document: DocumentNode;
  /** Names of the client's variables that the query uses. */
  readonly variables: readonly string[];
  /** What identifies each entity to the subgraph; null when the fetch starts at the subgraph's root. */
  readonly requires: readonly RequiredSelection[] | null;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

export type RequiredSelection = RequiredField | RequiredFragment;

export interface RequiredField {
  readonly kind: 'field';
  /** The name under which the value is held, which is also the name that the subgraph reads. */
  readonly name: string;
  readonly selections: readonly RequiredSelection[] | null;
}

export interface RequiredFragment {
  readonly kind: 'fragment';
  /** Every `__typename` that the fragment speaks of; null for all. */
  readonly typeNames: ReadonlySet<string> | null;
  readonly selections: readonly RequiredSelection[];
}

export type PathStep = FieldStep | ListStep | TypeStep;

export interface FieldStep {
  readonly kind: 'field';
  readonly name: string;
}

/** Every item of the list that the path has come to. */
export interface ListStep {
  readonly kind: 'list';
}

/** Goes on only with objects whose `__typename` is one of these. */
export interface TypeStep {
  readonly kind: 'type';
  readonly typeNames: ReadonlySet<string>;
}

export type Rewrite = SetValue | RenameKey;

export interface SetValue {
  readonly kind: 'setValue';
  readonly path: readonly (FieldStep | TypeStep)[];
  readonly key: string;
  readonly value: unknown;
}

export interface RenameKey {
  readonly kind: 'renameKey';
  readonly path: readonly (FieldStep | TypeStep)[];
  readonly key: string;
  readonly newKey: string;
}
