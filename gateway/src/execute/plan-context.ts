import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { GraphQLSchema } from 'graphql';
import type { SelectedOperation } from '../plan/selection.ts';
import type { Transport } from '../transports/transport.ts';
import type { Run } from './run.ts';

/** Told of every fetch that brought no usable answer, with the cause that clients do not see. */
export type ReportFetchFailure = (failure: {
  readonly subgraph: string;
  readonly cause: unknown;
  readonly scope: RequestScope;
}) => void;

/** What the steps of one plan are compiled with. */
export interface PlanContext {
  readonly schema: GraphQLSchema;
  readonly operation: SelectedOperation;
  readonly renamedVariables: ReadonlyMap<string, string>;
  readonly transportFor: (subgraph: string) => Transport;
  readonly reportFetchFailure: ReportFetchFailure;
}

/** A part of a plan, ready to run. Ends without a promise when nothing had to be waited for; never rejects. */
export type Step = (run: Run) => void | Promise<void>;
