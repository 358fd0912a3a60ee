import { createHash } from 'node:crypto';
import { type DocumentNode, print, visit } from 'graphql';
import { createApolloPlannerOn } from './apollo-planner.ts';
import { readGraphToPlan } from './graph-to-plan.ts';
import { hivePlan } from './hive-plan.ts';
import { convertHivePlan } from './hive-plan-conversion.ts';
import { type IsolatedPlanner, NoPlan, type WhyNoPlan } from './isolated-planner.ts';
import { readJoinedGraph } from './joined-graph.ts';
import { spellOutLists } from './nested-lists.ts';
import { placeWithin } from './override-labels.ts';
import { checkPlan } from './plan-check.ts';
import type { CreatePlanner } from './planner.ts';
import type { QueryPlan } from './query-plan.ts';

/** Why Apollo's planner had to do it; a closed set, for metrics. */
export type WhyFallBack =
  | WhyNoPlan
  /** The operation has what Hive's planner does not plan. */
  | 'unsupported'
  /** The plan holds what we cannot run. */
  | 'unknown_node'
  /** The plan would not answer the operation. */
  | 'incomplete';

export interface HivePlannerDeps {
  readonly isolated: IsolatedPlanner;
  /** Called for each operation that Hive's planner has planned, and for each that it has not. */
  readonly planned: () => void;
  readonly fellBack: (why: WhyFallBack) => void;
}

/**
 * Plans with Hive's planner, and with Apollo's whatever that cannot: no request hears of the difference. Every plan is
 * held against the operation before it is used.
 */
export function hivePlanners({ isolated, planned, fellBack }: HivePlannerDeps): CreatePlanner {
  return (supergraphSdl) => {
    const graph = readGraphToPlan(supergraphSdl);
    const apollo = createApolloPlannerOn(graph);
    const checked = { joined: readJoinedGraph(graph.document), requiredFor: graph.requiredFor };
    const sdl = print(graph.document);
    const text = { key: createHash('sha256').update(sdl).digest('base64url'), sdl };

    const planIn = async (document: DocumentNode, overrides: ReadonlyMap<string, boolean>): Promise<QueryPlan> => {
      const percentage = placeWithin(overrides);
      if (percentage === null || defers(document)) throw new FellBack('unsupported');
      const labels = [...overrides].flatMap(([label, isOn]) => (isOn ? [label] : []));
      const plan = await isolated.plan(text, { operation: print(document), labels, percentage });
      const converted = inOrFallBack('unknown_node', () =>
        spellOutLists(convertHivePlan(hivePlan.parse(plan), graph.typeNamesOf), document, checked.joined),
      );
      return inOrFallBack('incomplete', () => {
        const ordered = graph.order(document, converted);
        checkPlan(ordered, document, checked);
        return graph.restore(ordered);
      });
    };
    return {
      ...{ schema: graph.schema, subgraphs: graph.subgraphs },
      async plan(document, overrides) {
        try {
          const plan = await planIn(document, overrides);
          planned();
          return plan;
        } catch (error) {
          fellBack(error instanceof NoPlan || error instanceof FellBack ? error.why : 'incomplete');
          return apollo.plan(document, overrides);
        }
      },
    };
  };
}

class FellBack extends Error {
  override readonly name = 'FellBack';
  readonly why: WhyFallBack;

  constructor(why: WhyFallBack, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

function inOrFallBack<Value>(why: WhyFallBack, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new FellBack(why, error);
  }
}

function defers(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Directive({ name }) {
      if (name.value === 'defer') isFound = true;
    },
  });
  return isFound;
}
