import { z } from 'zod';
import { httpDescriptionSchema } from './drivers/http-description.ts';

/** Kinds whose readings we go and fetch; the others send them. */
export const pulledKinds = ['TWIN', 'TDATA', 'NETTRA', 'THINGSIO', 'NOVUS', 'TAGO', 'HTTP_PULL', 'SAMPLE'] as const;

export type PulledKind = (typeof pulledKinds)[number];

/** Kinds whose devices speak to our broker; the provider says which of them are the company's. */
export const listenedKinds = ['MQTT', 'CHIRPSTACK', 'SPARKPLUG'] as const;

const count = (min: number, max: number, value: number) => z.int().min(min).max(max).default(value);

/** How any provider is pulled from. */
const pulling = {
  /** For one answer, ms. */
  timeoutMs: count(1_000, 60_000, 30_000),
  /** Devices that are asked about at the same time. */
  concurrency: count(1, 16, 4),
  /** How far back the first pull of a channel goes. */
  backfillDays: count(1, 1_830, 30),
  /** How far before the newest reading each pull begins, for readings that come out of order. */
  overlapMinutes: count(5, 10_080, 120),
  /** Once a day a pull goes back so far, for what was sent much later than it was measured; 0: never. */
  sweepDays: count(0, 90, 7),
};

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => isBare(url), 'must hold no user, password, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

const thingsBoardSchema = z.strictObject({
  ...pulling,
  baseUrl,
  /** TWIN: short paths of the fork; THINGSBOARD: those of the original. */
  flavour: z.enum(['TWIN', 'THINGSBOARD']).default('TWIN'),
  authHeader: z.enum(['Authorization', 'X-Authorization']).default('Authorization'),
  pageSize: count(1, 50_000, 10_000),
});

const thethingsSchema = z.strictObject({ ...pulling, baseUrl, pageSize: count(1, 10_000, 1_000) });

const tagoSchema = z.strictObject({
  ...pulling,
  baseUrl,
  tokenHeader: z.enum(['Device-Token', 'token', 'Authorization']).default('Device-Token'),
  variableParameter: z.enum(['variables', 'variable']).default('variables'),
  pageSize: count(1, 10_000, 10_000),
});

/** A NOVUS logger sends its status as a negative number in the place of a value. */
const novusSchema = tagoSchema.extend({ isNegativeStatus: z.boolean().default(true) });

const describedSchema = z.strictObject({ ...pulling, description: httpDescriptionSchema });
const sampleSchema = z.strictObject(pulling);

/** Six presets of three protocols, a described one, and one that needs nobody. Where an account lives is always said. */
export const connectionSchemas = {
  TWIN: thingsBoardSchema,
  TDATA: thingsBoardSchema,
  NETTRA: thethingsSchema,
  THINGSIO: thethingsSchema,
  NOVUS: novusSchema,
  TAGO: tagoSchema,
  HTTP_PULL: describedSchema,
  SAMPLE: sampleSchema,
} as const satisfies Record<PulledKind, z.ZodType>;

/** One level of a topic: the ChirpStack application or the Sparkplug group, which one provider alone may have. */
const scopedSchema = z.strictObject({ scope: z.string().regex(/^[^\p{C}+#/]{1,200}$/u, 'must be one topic level') });

export const listenedSchemas = {
  MQTT: z.strictObject({}),
  CHIRPSTACK: scopedSchema,
  SPARKPLUG: scopedSchema,
} as const satisfies Record<(typeof listenedKinds)[number], z.ZodType>;

export type ThingsBoardConnection = z.output<typeof thingsBoardSchema>;
export type ThethingsConnection = z.output<typeof thethingsSchema>;
export type TagoConnection = z.output<typeof tagoSchema> & { readonly isNegativeStatus?: boolean };
export type Pulling = z.output<typeof sampleSchema>;

const secret = z.string().min(1).max(4_000);
const secretMap = z.record(z.string().min(1).max(120), secret).refine((all) => Object.keys(all).length <= 2_000);

/** What stands sealed in the row. */
export const credentialsSchema = z.strictObject({
  username: secret.optional(),
  password: secret.optional(),
  /** Stands for user and password where the provider knows keys. */
  apiKey: secret.optional(),
  /** By device id, where each device has a token of its own. */
  deviceTokens: secretMap.default({}),
  /** By name, for the templates of a described provider. */
  secrets: secretMap.default({}),
});

export type ProviderCredentials = z.output<typeof credentialsSchema>;

/** What sealed credentials belong to: they open for this provider only. */
export const credentialsContext = (providerId: string): string => `provider:${providerId}`;

/** Everything in the credentials that must never be shown. */
export function secretsOf({ username: _, ...credentials }: ProviderCredentials): readonly string[] {
  const { password, apiKey, deviceTokens, secrets } = credentials;
  const single = [password, apiKey].filter((value) => value !== undefined);
  return [...single, ...Object.values(deviceTokens), ...Object.values(secrets)];
}

export function isPulled(kind: string): kind is PulledKind {
  return pulledKinds.some((pulled) => pulled === kind);
}

/** Scheme, host and port that the credentials are sent to; null where there are none. */
export function originOf(connection: unknown): string | null {
  const parsed = z
    .union([
      z.object({ baseUrl: z.string() }).transform((given) => given.baseUrl),
      z.object({ description: z.object({ url: z.string() }) }).transform((given) => given.description.url),
    ])
    .safeParse(connection);
  return parsed.success && URL.canParse(parsed.data) ? new URL(parsed.data).origin : null;
}

function isBare(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
