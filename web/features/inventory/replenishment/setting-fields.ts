import type { BuyingSettingFragment, SaveReplenishmentSettingInput } from '../../../graphql/generated/graphql.ts';

/** The form's fields as text; empty where nothing is set. */
export interface SettingForm {
  readonly supplierName: string;
  readonly leadTimeDays: string;
  readonly reviewPeriodDays: string;
  readonly packSize: string;
  readonly minimumOrder: string;
  readonly minimum: string;
  readonly maximum: string;
  /** Of the service level, 95 for 0.95. */
  readonly servicePercent: string;
}

const names = [
  'supplierName',
  'leadTimeDays',
  'reviewPeriodDays',
  'packSize',
  'minimumOrder',
  'minimum',
  'maximum',
  'servicePercent',
] as const satisfies readonly (keyof SettingForm)[];

type Fields = Omit<SaveReplenishmentSettingInput, 'productId' | 'siteId' | 'expectedUpdatedAt'>;

/** What stands in the form at first: what holds, or the usual. */
export function settingForm(setting: BuyingSettingFragment | null): SettingForm {
  return {
    supplierName: setting?.supplierName ?? '',
    leadTimeDays: String(setting?.leadTimeDays ?? 7),
    reviewPeriodDays: String(setting?.reviewPeriodDays ?? 7),
    packSize: setting?.packSize ?? '1',
    minimumOrder: setting?.minimumOrder ?? '',
    minimum: setting?.minimum ?? '',
    maximum: setting?.maximum ?? '',
    servicePercent: percentOf(setting?.serviceLevel ?? '0.95'),
  };
}

/** Only what was changed: what holds for every site stays theirs until somebody says otherwise here. */
export function changedFields(before: SettingForm, after: SettingForm): Fields {
  const decimal = (text: string) => text.trim().replace(',', '.');
  // What is no whole number goes as it is none: the server names the field.
  const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : -1);
  const orNull = (text: string) => (decimal(text) === '' ? null : decimal(text));
  const sent: { readonly [Name in keyof SettingForm]: Fields } = {
    supplierName: { supplierName: after.supplierName.trim() === '' ? null : after.supplierName.trim() },
    leadTimeDays: { leadTimeDays: whole(after.leadTimeDays) },
    reviewPeriodDays: { reviewPeriodDays: whole(after.reviewPeriodDays) },
    packSize: { packSize: decimal(after.packSize) === '' ? '0' : decimal(after.packSize) },
    minimumOrder: { minimumOrder: orNull(after.minimumOrder) },
    minimum: { minimum: orNull(after.minimum) },
    maximum: { maximum: orNull(after.maximum) },
    servicePercent: { serviceLevel: shareOf(decimal(after.servicePercent)) },
  };
  return Object.assign({}, ...names.filter((name) => before[name] !== after[name]).map((name) => sent[name]));
}

function percentOf(share: string): string {
  return String(Math.round(Number(share) * 1e4) / 100);
}

function shareOf(percent: string): string {
  const share = Number(percent) / 100;
  return Number.isFinite(share) ? String(Math.round(share * 1e4) / 1e4) : '0';
}
