/** What people are told of. */
export const notificationEvents = [
  'ALERT_OPENED',
  'ALERT_RESOLVED',
  'COMPLIANCE_REJECTED',
  'COMPLIANCE_REVIEW',
  'COMPLIANCE_REPORT',
  'DAILY_SUMMARY',
  'TEST',
] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** Ways to tell somebody that there is a carrier for. */
export const notificationChannels = ['EMAIL', 'SMS', 'WEBHOOK'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

export const notificationStatuses = ['PENDING', 'SENDING', 'SENT', 'FAILED', 'SUPPRESSED', 'KEPT'] as const;
export type NotificationStatus = (typeof notificationStatuses)[number];

export const notificationDigests = ['IMMEDIATE', 'HOURLY', 'DAILY'] as const;
export type NotificationDigest = (typeof notificationDigests)[number];

export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];

/** When somebody wants to be told. */
export interface TellingTimes {
  /** IANA zone of what follows. */
  readonly timeZone: string;
  /** Minutes from midnight between which only what is critical goes out; may pass midnight. */
  readonly quietFromMinute: number | null;
  readonly quietToMinute: number | null;
  readonly digest: NotificationDigest;
}

/** One way to one recipient, found by the rules that match. */
export interface Addressee extends TellingTimes {
  readonly ruleId: string;
  readonly recipientId: string;
  readonly language: Language;
  readonly channel: NotificationChannel;
  /** An address, a number, or what stands for a hook: its sealed URL is opened only to send. */
  readonly address: string;
}
