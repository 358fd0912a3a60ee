import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import { type ForecastRun, forecastRunStatuses } from './forecast-run.ts';

/** Adds how the forecasting of all that a company sells stands, its live changes, and its beginning. */
export function addForecastRuns(builder: InventoryBuilder, { company }: InventoryRefs): void {
  const status = builder.enumType('ForecastRunStatus', {
    description: 'How far a run is.',
    values: forecastRunStatuses,
  });
  const run = builder.objectRef<ForecastRun>('ForecastRun').implement({
    description:
      'Forecasting all that a company sells: each night, or when somebody asks. One at a time for a company.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      company: t.field({
        type: company,
        description: 'Whose products.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      places: t.exposeInt('total', { nullable: true, description: 'Products at sites; null until they were counted.' }),
      done: t.exposeInt('done', { description: 'Of these, through.' }),
      computed: t.exposeInt('computed', { description: 'Forecast anew, since their history had changed.' }),
      unchanged: t.exposeInt('unchanged', { description: 'Left as they were.' }),
      failed: t.exposeInt('failed', { description: 'Those that nothing came of; what they had stays.' }),
      errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it failed, in English.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
      startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker took it.' }),
      completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    }),
  });
  const companyId = { description: 'The company.' };

  builder.queryField('latestForecastRun', (t) =>
    t.field({
      type: run,
      nullable: true,
      description: 'The last run of a company within reach.',
      authScopes: { permission: 'predictions:read' },
      args: { companyId: t.arg.id(companyId) },
      resolve: (_root, args, { services }) => services.forecastRuns.latest(args.companyId),
    }),
  );
  const input = builder.inputType('StartForecastRunInput', {
    description: 'What to forecast.',
    fields: (t) => ({ companyId: t.id(companyId) }),
  });
  builder.mutationField('startForecastRun', (t) =>
    t.field({
      type: run,
      description: 'Forecasts all that a company sells, now. One that runs already is a Conflict `ALREADY_RUNNING`.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict], union: { name: 'StartForecastRunResult' } },
      args: { input: t.arg({ type: input }) },
      resolve: (_root, args, { services }) => services.forecastRuns.start(args.input.companyId),
    }),
  );
  builder.subscriptionField('forecastRunProgress', (t) =>
    t.field({
      type: run,
      description: 'The run of a company within reach, each time it begins, goes on or ends.',
      authScopes: { permission: 'predictions:read' },
      args: { companyId: t.arg.id(companyId) },
      subscribe: (_root, args, { services }) => services.forecastRuns.changes(args.companyId),
      resolve: (current) => current,
    }),
  );
}
