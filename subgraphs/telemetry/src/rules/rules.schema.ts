import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds `Rule`, `rules` and `saveRule`. */
export function addRules(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { rule, company, point, variable, severity, ruleKind } = refs;
  rule.implement({
    description:
      'What is watched at the points of a company or at one of them. A rule of a point goes before the company’s of its kind.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      kind: t.expose('kind', { type: ruleKind, description: 'What it watches.' }),
      name: t.exposeString('name', { description: 'As it was given; the kind’s code for one that every company has.' }),
      isUsual: t.boolean({
        description: 'Whether it is one that every company has from the start.',
        resolve: ({ createdBy }) => createdBy === null,
      }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The one point that it holds for; null for all of the company.',
        resolve: ({ pointId }, _args, { services }) => (pointId === null ? null : services.points.byId(pointId)),
      }),
      variable: t.expose('variable', {
        type: variable,
        nullable: true,
        description: 'The quantity; null for each that the kind watches.',
      }),
      severity: t.expose('severity', { type: severity, description: 'How bad it is when it is broken.' }),
      parameters: t.expose('parameters', {
        type: 'JSON',
        description:
          'By kind: RANGE `min`, `max`, `windowMinutes`; RATE_OF_CHANGE `perHour`, `windowMinutes`; SILENCE `intervals`; COUNTER_RESET `windowHours`; FLOW_TOTAL_CONSISTENCY `hours`, `tolerancePct`, `minimumM3`; LEVEL_TOTAL_CONSISTENCY `hours`, `levelM`, `minimumM3`; STUCK_VALUE `hours`; WATER_RIGHT_FLOW `tolerancePct`; WATER_RIGHT_VOLUME `atPct`; SEASONAL_ANOMALY `minScore`, `minHours`; SCHEMA_VALIDATION none: schemas say what must hold.',
      }),
      version: t.exposeInt('version', { description: 'Grows with each change.' }),
      isActive: t.exposeBoolean('isActive', {
        description: 'Whether it holds; an inactive one of a point switches the company’s off there.',
      }),
    }),
  });
  const filter = builder.inputType('RuleFilter', {
    description: 'Which rules.',
    fields: (t) => ({
      pointIds: t.idList({ required: false, description: 'Those that can hold for one of these points.' }),
    }),
  });
  builder.queryField('rules', (t) =>
    t.field({
      type: [rule],
      authScopes: { permission: 'telemetry:read' },
      description: 'What is watched at points within reach, by kind and name.',
      args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
      resolve: async (_root, { filter: given }, { services }) => [...(await services.rules.list(given ?? {}))],
    }),
  );
  const input = builder.inputType('SaveRuleInput', {
    description: 'A rule, new or changed.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The rule to change; a new one if left out.' }),
      companyId: t.id({ required: false, description: 'Whose it is; needed for a new one without a point.' }),
      pointId: t.id({ required: false, description: 'Only this point; a rule stays with its point.' }),
      kind: t.field({ type: ruleKind, description: 'What it watches; a rule stays with its kind.' }),
      variable: t.field({
        type: variable,
        required: false,
        description: 'Only this quantity; each that the kind watches if left out.',
      }),
      name: t.string({ description: 'Name, 120 characters at most.' }),
      severity: t.field({ type: severity, required: false, description: 'WARNING if new.' }),
      parameters: t.field({
        type: 'JSON',
        required: false,
        description: 'By kind, see `Rule.parameters`; usual values for what is left out.',
      }),
      isActive: t.boolean({ required: false, description: 'Whether it holds; yes if new.' }),
    }),
  });
  builder.mutationField('saveRule', (t) =>
    t.field({
      type: rule,
      description:
        'Says what is watched. Open alerts follow within a minute: those of a rule that holds again are resolved.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveRuleResult' } },
      args: { input: t.arg({ type: input, description: 'The rule.' }) },
      resolve: (_root, { input: given }, { services }) => services.rules.save(given),
    }),
  );
}
