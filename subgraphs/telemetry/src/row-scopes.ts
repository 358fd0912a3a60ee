import { byCompany, byParent, bySite, type RowScopes, reference } from '@cauce/shared/db/row-scope';

/** Where each telemetry model keeps what decides who may see it. */
export const telemetryRowScopes: RowScopes = {
  CatchmentPoint: bySite(),
  PointVariable: byParent('point', 'pointId', 'CatchmentPoint'),
  ReadingSource: byParent('point', 'pointId', 'CatchmentPoint'),
  SourceChannel: byParent('source', 'sourceId', 'ReadingSource'),
  MeterChange: byParent('point', 'pointId', 'CatchmentPoint'),
  ReprocessRun: bySite(),
  LatestMeasurement: bySite(),
  Alert: bySite(),
  Rule: byCompany(),
  NotificationRecipient: byCompany(),
  NotificationRule: byCompany(),
  NotificationRuleRecipient: byParent('rule', 'ruleId', 'NotificationRule'),
  NotificationDelivery: byCompany(),
  Provider: byCompany(),
  DeadLetter: byCompany(),
  ProviderSchedule: byParent('provider', 'providerId', 'Provider'),
  ComplianceSource: reference,
  ComplianceConfig: byParent('point', 'pointId', 'CatchmentPoint'),
  ComplianceSubmission: bySite(),
  SubmissionAttempt: byParent('submission', 'submissionId', 'ComplianceSubmission'),
  RegulatorAccount: byCompany(),
  VoucherLink: bySite(),
};
