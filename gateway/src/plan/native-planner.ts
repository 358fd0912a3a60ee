/**
 * The program of the process in which Hive's native planner lives: it may abort the process it runs in. Reads questions
 * from the process that has started it, answers one after another, and ends with it.
 */
import { z } from 'zod';

const question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('load'), id: z.number(), graph: z.string(), sdl: z.string() }),
  z.object({
    ...{ kind: z.literal('plan'), id: z.number(), graph: z.string(), operation: z.string() },
    ...{ labels: z.array(z.string()), percentage: z.number() },
  }),
]);

/** The graph of now and the one before it, which requests under way may still ask about. */
const maxGraphs = 2;

const tell = (answer: object) => void process.send?.(answer);
process.on('disconnect', () => process.exit(0));

try {
  const { QueryPlanner } = await import('@graphql-hive/router-query-planner');
  const planners = new Map<string, InstanceType<typeof QueryPlanner>>();
  process.on('message', (message) => {
    const asked = question.parse(message);
    const { id } = asked;
    try {
      if (asked.kind === 'load') {
        planners.set(asked.graph, new QueryPlanner(asked.sdl));
        const [oldest] = planners.keys();
        if (planners.size > maxGraphs && oldest !== undefined) planners.delete(oldest);
        tell({ id, kind: 'loaded' });
        return;
      }
      const planner = planners.get(asked.graph);
      if (planner === undefined) tell({ id, kind: 'unknown' });
      else {
        const plan = planner.plan(asked.operation, null, new Set(asked.labels), asked.percentage);
        tell({ id, kind: 'planned', plan });
      }
    } catch (error) {
      tell({ id, kind: 'refused', message: String(error) });
    }
  });
  tell({ id: 0, kind: 'ready' });
} catch (error) {
  tell({ id: 0, kind: 'missing', message: String(error) });
}
