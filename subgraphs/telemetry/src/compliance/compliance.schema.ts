import type { SubmissionAttempt } from '@cauce/prisma/client';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { ComplianceCalendar, ComplianceDay } from './compliance.service.ts';
import type { DayCount } from './compliance.store.ts';
import { explainSubmission } from './explain-submission.ts';
import { complianceStates } from './submission.ts';

/** Adds the ledger: `complianceSubmissions` and `complianceCalendar`. */
export function addCompliance(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { submission, submissionStatus } = refs;
  const authScopes = { permission: 'telemetry:read' } as const;
  addSubmissionType(builder, refs);
  const calendar = addCalendarType(builder, refs);
  addSiteCalendars(builder, calendar);
  const filter = builder.inputType('ComplianceSubmissionFilter', {
    description: 'Which slots; everything that is given must hold.',
    fields: (t) => ({
      siteIds: t.idList({ required: false, description: 'Of points at one of these sites.' }),
      pointIds: t.idList({ required: false, description: 'Of one of these points.' }),
      statuses: t.field({ type: [submissionStatus], required: false, description: 'In one of these states.' }),
      sourceCodes: t.stringList({ required: false, description: 'Owed to one of these regulators: `DGA`, `SMA`.' }),
      from: t.field({ type: 'DateTime', required: false, description: 'Slots from this instant on.' }),
      to: t.field({ type: 'DateTime', required: false, description: 'Slots before this instant.' }),
    }),
  });
  builder.queryField('complianceSubmissions', (t) =>
    t.connection(
      {
        type: submission,
        authScopes,
        description: 'The ledger of what points within reach owe regulators, newest slot first.',
        args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
        resolve: (_root, { filter: given, ...page }, { services }) => services.compliance.page(given ?? {}, page),
      },
      { name: 'ComplianceSubmissionConnection', description: 'A page of the ledger.' },
      { name: 'ComplianceSubmissionEdge', description: 'A slot in a page.' },
    ),
  );
  builder.queryField('complianceSubmission', (t) =>
    t.field({
      type: submission,
      nullable: true,
      authScopes,
      description: 'One slot of the ledger; null when there is no such slot within reach.',
      args: { id: t.arg.id({ description: 'The slot.' }) },
      resolve: (_root, { id }, { services }) => services.compliance.byId(id),
    }),
  );
  builder.queryField('complianceCalendar', (t) =>
    t.field({
      type: calendar,
      nullable: true,
      authScopes,
      description: 'A month of a point’s ledger, day by day; null when there is no such point within reach.',
      args: {
        pointId: t.arg.id({ description: 'The point.' }),
        month: t.arg.string({ description: 'Written `2026-11`.' }),
      },
      resolve: async (_root, { pointId, month }, { services }) => {
        const point = await services.points.byId(pointId);
        return point === null ? null : services.compliance.calendar(point, month);
      },
    }),
  );
}

function addSiteCalendars(builder: TelemetryBuilder, calendar: ReturnType<typeof addCalendarType>): void {
  builder.queryField('complianceCalendars', (t) =>
    t.field({
      type: [calendar],
      authScopes: { permission: 'telemetry:read' },
      description:
        'A month of each point of a site that owes a regulator anything, by code; none for a site out of reach.',
      args: {
        siteId: t.arg.id({ description: 'The site.' }),
        month: t.arg.string({ description: 'Written `2026-11`.' }),
      },
      resolve: async (_root, { siteId, month }, { services }) => [
        ...(await services.compliance.calendars(await services.points.ofSite(siteId), month)),
      ],
    }),
  );
}

function addSubmissionType(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { submission, point, site, user, submissionStatus, submissionOutcome, language } = refs;
  const attempt = builder.objectRef<SubmissionAttempt>('SubmissionAttempt').implement({
    description: 'One call to the regulator. It is written down before the call; without an end, the answer was lost.',
    fields: (t) => ({
      number: t.exposeInt('number', { description: 'First is 1.' }),
      outcome: t.expose('outcome', { type: submissionOutcome, nullable: true, description: 'What it came to.' }),
      httpStatus: t.exposeInt('httpStatus', { nullable: true, description: 'HTTP status of the answer.' }),
      error: t.exposeString('error', { nullable: true, description: 'What went wrong.' }),
      startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the call began.' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When the answer came.' }),
    }),
  });
  submission.implement({
    description: 'A slot of the ledger: what one point owes one regulator at one instant. There is one row for each.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The point; null if it was removed.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
      site: t.field({ type: site, description: 'Where the point is.', resolve: ({ siteId }) => ({ id: siteId }) }),
      sourceCode: t.string({ description: 'The regulator: `DGA`, `SMA`.', resolve: ({ source }) => source.code }),
      timeZone: t.string({
        description: 'IANA zone that the regulator counts in.',
        resolve: ({ source }) => source.timeZone,
      }),
      sourceName: t.string({ description: 'Its name.', resolve: ({ source }) => source.name }),
      slotAt: t.expose('slotAt', { type: 'DateTime', description: 'The instant reported on.' }),
      status: t.expose('status', { type: submissionStatus, description: 'How far it is.' }),
      values: t.expose('values', {
        type: 'JSON',
        nullable: true,
        description: 'The values as they will be or were sent, text as on the wire.',
      }),
      voucher: t.exposeString('voucher', { nullable: true, description: 'The regulator’s proof of receipt.' }),
      attemptCount: t.exposeInt('attempts', { description: 'Calls that were made.' }),
      attempts: t.field({
        type: [attempt],
        description: 'The calls, first to last.',
        resolve: async ({ id }, _args, { services }) => [...(await services.compliance.attempts(id))],
      }),
      notBefore: t.expose('notBefore', { type: 'DateTime', description: 'Nothing is sent before this instant.' }),
      lastError: t.exposeString('lastError', { nullable: true, description: 'Why it is not sent yet.' }),
      sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true, description: 'When it was accepted.' }),
      verifiedAt: t.expose('verifiedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the regulator was found to have it.',
      }),
      explanation: t.string({
        nullable: true,
        description: 'Why it is not sent and what comes next, in one sentence; null where its state says it all.',
        args: { language: t.arg({ type: language, description: 'Language of the sentence.' }) },
        resolve: async (slot, { language: wanted }, { services }) => {
          const attempts = await services.compliance.attempts(slot.id);
          const registration = (await services.registrationsOf(slot.pointId)).find(({ id }) => id === slot.configId);
          const isReported = registration?.mode === 'LIVE' && registration.stoppedAt === null;
          return explainSubmission(
            { ...slot, outcome: attempts.at(-1)?.outcome ?? null, isReported, regulator: slot.source },
            wanted,
          );
        },
      }),
      resolvedBy: t.field({
        type: user,
        nullable: true,
        description: 'Who decided on it by hand.',
        resolve: ({ resolvedBy }) => (resolvedBy === null ? null : { id: resolvedBy }),
      }),
      resolution: t.exposeString('resolution', { nullable: true, description: 'What they decided, and why.' }),
    }),
  });
}

function addCalendarType(builder: TelemetryBuilder, { point, submissionStatus, registration }: TelemetryRefs) {
  const state = builder.enumType('ComplianceState', {
    description: 'What slots come to, worst first: a person is needed, time is needed, all sent, nothing owed.',
    values: complianceStates,
  });
  const count = builder.objectRef<DayCount>('SubmissionCount').implement({
    description: 'Slots of a day in one state.',
    fields: (t) => ({
      status: t.expose('status', { type: submissionStatus, description: 'The state.' }),
      isDismissed: t.exposeBoolean('isDismissed', { description: 'Whether a person decided not to send them.' }),
      count: t.exposeInt('count', { description: 'Slots in it.' }),
    }),
  });
  const day = builder.objectRef<ComplianceDay>('ComplianceDay').implement({
    description: 'A day of the ledger, cut in the regulator’s zone.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day.' }),
      state: t.expose('state', { type: state, description: 'The worst state of its slots.' }),
      counts: t.field({
        type: [count],
        description: 'Its slots by state; none when nothing is owed.',
        resolve: ({ counts }) => [...counts],
      }),
    }),
  });
  return builder.objectRef<ComplianceCalendar>('ComplianceCalendar').implement({
    description: 'A month of a point’s ledger.',
    fields: (t) => ({
      point: t.expose('point', { type: point, description: 'The point.' }),
      month: t.exposeString('month', { description: 'Written `2026-11`.' }),
      registrations: t.field({
        type: [registration],
        description: 'What the point is registered as at regulators.',
        resolve: async ({ point: { id } }, _args, { services }) => [...(await services.registrationsOf(id))],
      }),
      days: t.field({ type: [day], description: 'Every day of the month.', resolve: ({ days }) => [...days] }),
    }),
  });
}
