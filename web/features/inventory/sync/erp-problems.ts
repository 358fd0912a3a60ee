/** Codes of why an ERP is not read, changed or copied, that have words of their own. */
const problems = [
  ...(['UNREACHABLE', 'CONNECTION_LOST', 'TIMED_OUT', 'SIGN_IN_REFUSED', 'REFUSED', 'BAD_MAPPING'] as const),
  ...(['ALREADY_RUNNING', 'NOT_CONFIRMED', 'PAUSED', 'SUPERSEDED', 'NOT_RUNNING', 'NOT_ENDED'] as const),
  ...(['CODE_TAKEN', 'STALE', 'PASSWORD_NEEDED', 'NOTHING_TO_AUDIT', 'OTHER_COMPANY', 'LEVEL_TAKEN'] as const),
  ...(['NO_MOVEMENTS', 'INTERNAL'] as const),
] as const;

export type ErpProblem = (typeof problems)[number];

/** The code as one that can be worded; null for any other. */
export const erpProblem = (code: string): ErpProblem | null => problems.find((one) => one === code) ?? null;
