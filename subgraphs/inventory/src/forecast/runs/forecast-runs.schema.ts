import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import { nameMethod } from '../forecast-words.ts';
import { type ChosenMethod, type ForecastRun, forecastRunStatuses } from './forecast-run.ts';

/** Adds how the forecasting of all that a company sells stands, its live changes, and its beginning. */
export function addForecastRuns(
  builder: InventoryBuilder,
  { company, user, text, forecastMethod }: InventoryRefs,
): void {
  const status = builder.enumType('ForecastRunStatus', {
    description: 'How far a run is.',
    values: forecastRunStatuses,
  });
  const chosen = builder.objectRef<ChosenMethod>('ChosenForecastMethod').implement({
    description: 'A method and how many forecasts are made with it.',
    fields: (t) => ({
      method: t.expose('method', { type: forecastMethod, description: 'The method.' }),
      methodName: t.field({
        type: text,
        description: 'The method in plain words.',
        resolve: ({ method }) => nameMethod(method),
      }),
      count: t.exposeInt('count', { description: 'Products at sites.' }),
    }),
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
      nightOf: t.field({
        type: 'Date',
        nullable: true,
        description: 'The day whose night it was made in, or is made up for; null when a person asked.',
        resolve: ({ nightOf }) => nightOf?.toISOString().slice(0, 10) ?? null,
      }),
      requestedBy: t.field({
        type: user,
        nullable: true,
        description: 'Who asked; null for a nightly one.',
        resolve: ({ requestedBy }) => (requestedBy === null ? null : { id: requestedBy }),
      }),
      chosen: t.field({
        type: [chosen],
        description: 'What makes the forecasts that the company had when it ended, the most frequent first.',
        resolve: (parent) => [...parent.chosen],
      }),
      judged: t.exposeInt('judged', { description: 'Of these forecasts, those whose history was long enough to try.' }),
      beating: t.exposeInt('beating', { description: 'Of those tried, missed by less than seasonal naive.' }),
      skill: t.exposeFloat('skill', {
        nullable: true,
        description:
          '1 − mae ∕ mae of seasonal naive, the one in the middle of those tried: above 0 is better; null where there is none.',
      }),
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
  builder.queryField('forecastRuns', (t) =>
    t.field({
      type: [run],
      description: 'Runs of a company within reach, newest first.',
      authScopes: { permission: 'predictions:read' },
      args: {
        companyId: t.arg.id(companyId),
        first: t.arg.int({ defaultValue: 20, description: 'At most so many, 100 at the most.' }),
      },
      resolve: (_root, args, { services }) => services.forecastRuns.history(args.companyId, args.first),
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
