import type { ComplianceConfig, ComplianceSource } from '@cauce/prisma/client';
import { z } from 'zod';

/** What a point is registered as at a regulator. Its credentials never leave the store. */
export type Registration = Omit<ComplianceConfig, 'credentialsEncrypted'> & {
  readonly source: ComplianceSource;
  readonly hasCredentials: boolean;
};

export const complianceModes = ['OFF', 'SHADOW', 'LIVE'] as const;

/** Without what the database cannot keep. */
const json = z
  .record(z.string(), z.unknown())
  .refine((value) => !JSON.stringify(value).includes(String.raw`\u0000`), 'must hold no zero characters');

export const saveRegistrationSchema = z.object({
  pointId: z.uuid(),
  sourceCode: z.string().trim().min(1).max(20),
  identifiers: json,
  config: json.nullish(),
  credentials: z.record(z.string().max(50), z.string().max(500)).nullish(),
  maximumAttempts: z.number().int().min(1).max(30).nullish(),
});
