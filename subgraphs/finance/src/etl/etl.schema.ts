import type { EtlCertificate, EtlSource, ReconciliationDifference } from '@cauce/prisma/client';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';
import type { SourceStatus } from './etl.ts';

const authScopes = { permission: 'finance:read' } as const;
const sourceKinds = ['WMS', 'QUICKBOOKS', 'ADP', 'SAMPLE'] as const;
const modes = ['FULL', 'INCREMENTAL'] as const;
const statuses = ['PENDING', 'RUNNING', 'COMPLETED', 'INCOMPLETE', 'FAILED', 'CANCELLED'] as const;

/** Adds sources, runs, their certificates and the differences they found. Credentials are not part of it. */
export function addEtl(builder: FinanceBuilder, { run, company }: FinanceRefs): void {
  const kind = builder.enumType('EtlSourceKind', {
    description: 'What system numbers come from.',
    values: sourceKinds,
  });
  const mode = builder.enumType('EtlMode', { description: 'Everything, or what changed.', values: modes });
  const status = builder.enumType('EtlRunStatus', {
    description: 'How far a run is; `INCOMPLETE` ended without proof that it brought everything.',
    values: statuses,
  });
  const source = builder.objectRef<EtlSource>('EtlSource').implement({
    description: 'A system that numbers are loaded from.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Natural key.' }),
      name: t.exposeString('name', { description: 'Name for people.' }),
      kind: t.expose('kind', { type: kind, description: 'What system.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is loaded on schedule.' }),
      cron: t.exposeString('cron', { nullable: true, description: 'Schedule in cron notation, in `timeZone`.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone of timestamps that carry none.' }),
      lastRunAt: t.expose('lastRunAt', { type: 'DateTime', nullable: true, description: 'When it was last loaded.' }),
      nextRunAt: t.expose('nextRunAt', { type: 'DateTime', nullable: true, description: 'When it is due next.' }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
    }),
  });
  const certificate = builder.objectRef<EtlCertificate>('EtlCertificate').implement({
    description: 'Proof, stream by stream, that a run brought everything.',
    fields: (t) => ({
      stream: t.exposeString('stream', { description: 'Table or object of the source.' }),
      isComplete: t.exposeBoolean('isComplete', { description: 'Counts and sums agree.' }),
      sourceCount: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'Rows there; null when the source cannot say.',
        resolve: ({ sourceCount }) => sourceCount?.toString() ?? null,
      }),
      ourCount: t.field({ type: 'Decimal', description: 'Rows here.', resolve: ({ ourCount }) => ourCount.toString() }),
      sourceSum: t.expose('sourceSum', { type: 'Decimal', nullable: true, description: 'Sum of money there.' }),
      ourSum: t.expose('ourSum', { type: 'Decimal', nullable: true, description: 'Sum of money here.' }),
    }),
  });
  run.implement({
    description: 'One load from a source.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      mode: t.expose('mode', { type: mode, description: 'Everything, or what changed.' }),
      status: t.expose('status', { type: status, description: 'How far it is.' }),
      rowsRead: t.exposeInt('rowsRead', { description: 'Rows read from the source.' }),
      rowsCreated: t.exposeInt('rowsCreated', { description: 'Rows that are new here.' }),
      rowsUpdated: t.exposeInt('rowsUpdated', { description: 'Rows that changed here.' }),
      rowsDeleted: t.exposeInt('rowsDeleted', { description: 'Rows marked as deleted here.' }),
      rowsFailed: t.exposeInt('rowsFailed', { description: 'Rows that were refused.' }),
      errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it failed.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
      startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
      finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
      source: t.field({
        type: source,
        nullable: true,
        description: 'The source.',
        resolve: ({ sourceId }, _args, { services }) => services.source.load(sourceId),
      }),
      certificates: t.field({
        type: [certificate],
        description: 'Proof by stream; empty while it runs.',
        resolve: async ({ id }, _args, { services }) => [...(await services.certificates.load(id))],
      }),
    }),
  });
  builder.asEntity(run, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.run.load(id),
  });
  const sourceStatus = builder.objectRef<SourceStatus>('EtlSourceStatus').implement({
    description: 'A source and how it is doing now.',
    fields: (t) => ({
      source: t.expose('source', { type: source, description: 'The source.' }),
      lastRun: t.expose('lastRun', { type: run, nullable: true, description: 'Its newest run.' }),
      isOverdue: t.exposeBoolean('isOverdue', { description: 'Its next run is past due, or an agent is silent.' }),
      silentAgents: t.exposeInt('silentAgents', { description: 'Agents not heard of for longer than they may be.' }),
    }),
  });
  const difference = builder.objectRef<ReconciliationDifference>('ReconciliationDifference').implement({
    description: 'Where a source and our copy disagree.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      kind: t.exposeString('kind', { description: '`MISSING_HERE`, `MISSING_THERE`, `AMOUNT` or `REPORT_TOTAL`.' }),
      stream: t.exposeString('stream', { description: 'Table or object of the source.' }),
      key: t.exposeString('key', { description: 'Its key there.' }),
      sourceValue: t.expose('sourceValue', { type: 'Decimal', nullable: true, description: 'What the source says.' }),
      ourValue: t.expose('ourValue', { type: 'Decimal', nullable: true, description: 'What we have.' }),
      resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was settled.' }),
      note: t.exposeString('note', { nullable: true, description: 'How it was settled.' }),
    }),
  });
  builder.queryField('etlStatus', (t) =>
    t.field({
      type: [sourceStatus],
      authScopes,
      description: "Every source of the viewer's companies and how it is doing.",
      resolve: async (_root, _args, { services }) => [...(await services.etl.status())],
    }),
  );
  builder.queryField('etlRuns', (t) =>
    t.connection(
      {
        type: run,
        authScopes,
        description: 'Runs within reach, newest first.',
        args: {
          sourceId: t.arg.id({ required: false, description: 'Only this source.' }),
          statuses: t.arg({ type: [status], required: false, description: 'Only in these states.' }),
        },
        resolve: (_root, { sourceId, statuses: wanted, ...page }, { services }) =>
          services.etl.runs({ sourceId: sourceId ?? undefined, statuses: wanted ?? undefined }, page),
      },
      { name: 'EtlRunConnection', description: 'A page of runs.' },
      { name: 'EtlRunEdge', description: 'A run in its list.' },
    ),
  );
  builder.queryField('reconciliation', (t) =>
    t.field({
      type: [difference],
      authScopes,
      description: 'What a run found to disagree, at most 1,000; empty for a run out of reach.',
      args: { runId: t.arg.id() },
      resolve: async (_root, { runId }, { services }) => [...(await services.etl.reconciliation(runId))],
    }),
  );
}
