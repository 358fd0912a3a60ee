import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { explainAlert, ruleName } from './explain-alert.ts';

/** Adds `Alert`, `alerts` and `acknowledgeAlert`. */
export function addAlerts(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { alert, point, site, user, variable, severity, alertStatus, ruleKind, rule, language } = refs;
  alert.implement({
    tag: byRights,
    description: 'An episode in which a point breaks a rule: one alert, however many readings break it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      kind: t.field({ type: ruleKind, description: 'What the rule watches.', resolve: ({ rule }) => rule.kind }),
      title: t.string({
        description: 'Name of the rule: as it was given, or by what it watches.',
        args: { language: t.arg({ type: language, defaultValue: 'es', description: 'In which language.' }) },
        resolve: ({ rule }, { language: wanted }) => ruleName(rule, wanted),
      }),
      explanation: t.string({
        description: 'Why it was raised, in one sentence made of the evidence.',
        args: { language: t.arg({ type: language, defaultValue: 'es', description: 'In which language.' }) },
        resolve: async (row, { language: wanted }, { services }) => {
          const at = await services.points.byId(row.pointId);
          return explainAlert(row, wanted, at?.timeZone ?? 'UTC');
        },
      }),
      rule: t.field({ type: rule, description: 'The rule that it broke, as it is now.', resolve: (row) => row.rule }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The point; null if it was removed.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
      site: t.field({ type: site, description: 'Where the point is.', resolve: ({ siteId }) => ({ id: siteId }) }),
      variable: t.expose('variable', {
        type: variable,
        nullable: true,
        description: 'The quantity; null when it is about the whole point.',
      }),
      severity: t.expose('severity', { type: severity, description: 'How bad it is.' }),
      status: t.expose('status', {
        type: alertStatus,
        description: 'Whether somebody looked, and whether it is over.',
      }),
      raisedAt: t.expose('openedAt', { type: 'DateTime', description: 'When the episode began.' }),
      lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'When it was last found to go on.' }),
      occurrences: t.exposeInt('occurrences', { description: 'Readings that broke the rule in the episode.' }),
      evidence: t.expose('evidence', {
        type: 'JSON',
        description: 'Readings and thresholds that prove it; its keys depend on `kind`.',
      }),
      acknowledgedAt: t.expose('acknowledgedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When somebody said to have seen it.',
      }),
      acknowledgedBy: t.field({
        type: user,
        nullable: true,
        description: 'Who said so.',
        resolve: ({ acknowledgedBy }) => (acknowledgedBy === null ? null : { id: acknowledgedBy }),
      }),
      acknowledgement: t.exposeString('acknowledgement', { nullable: true, description: 'What they wrote.' }),
      resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was over.' }),
    }),
  });
  const filter = builder.inputType('AlertFilter', {
    description: 'Which alerts; everything that is given must hold.',
    fields: (t) => ({
      siteIds: t.idList({ required: false, description: 'At one of these sites.' }),
      pointIds: t.idList({ required: false, description: 'Of one of these points.' }),
      statuses: t.field({ type: [alertStatus], required: false, description: 'In one of these states.' }),
      severities: t.field({ type: [severity], required: false, description: 'Of one of these severities.' }),
      kinds: t.field({ type: [ruleKind], required: false, description: 'By rules that watch one of these.' }),
    }),
  });
  builder.queryField('alerts', (t) =>
    t.connection(
      {
        type: alert,
        authScopes: { permission: 'telemetry:read' },
        description: 'Alerts of points within reach, newest first.',
        args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
        resolve: (_root, { filter: given, ...page }, { services }) => services.alerts.page(given ?? {}, page),
      },
      { name: 'AlertConnection', description: 'A page of alerts.' },
      { name: 'AlertEdge', description: 'An alert in a page.' },
    ),
  );
  const input = builder.inputType('AcknowledgeAlertInput', {
    description: 'Somebody has seen the alert.',
    fields: (t) => ({
      alertId: t.id({ description: 'The alert.' }),
      note: t.string({ required: false, description: 'What is being done about it, 500 characters at most.' }),
    }),
  });
  builder.mutationField('acknowledgeAlert', (t) =>
    t.field({
      type: alert,
      description: 'Says that an open alert was seen; it stays until its cause is gone.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'AcknowledgeAlertResult' } },
      args: { input: t.arg({ type: input, description: 'Which alert, and a note.' }) },
      resolve: (_root, { input: given }, { services }) => services.alerts.acknowledge(given),
    }),
  );
}
