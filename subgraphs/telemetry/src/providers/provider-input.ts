import { z } from 'zod';
import { variableKinds } from '../variables/variable-kinds.ts';
import { listenedKinds, pulledKinds } from './provider-settings.ts';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{C}*$/u, 'must hold no control characters');

/** It becomes a segment of a path, where dots alone would climb. */
const pathText = (max: number) => text(max).regex(/[^.]/, 'must be more than dots');

const secret = z.string().min(1).max(4_000);

const channelSchema = z.object({
  channel: pathText(64),
  variable: z.enum(variableKinds),
  isPulses: z.boolean().nullish(),
  unit: text(40).nullish(),
  multiplier: z
    .unknown()
    .optional()
    .transform((value) => (value == null ? null : String(value))),
});

const deviceSchema = z.object({
  deviceId: pathText(120),
  pointId: z.uuid(),
  description: text(200).nullish(),
  isActive: z.boolean().nullish(),
  channels: z
    .array(channelSchema)
    .min(1)
    .max(64)
    .refine((list) => new Set(list.map(({ channel }) => channel)).size === list.length, 'name each channel once'),
});

/** A device that is given to a point where the point is written, not its provider. */
export const pointDeviceSchema = deviceSchema.omit({ pointId: true, isActive: true }).extend({ providerId: z.uuid() });

export type PointDeviceInput = z.output<typeof pointDeviceSchema>;

const named = z
  .array(z.object({ name: text(120), value: secret.nullish() }))
  .max(2_000)
  .nullish();

export const saveProviderSchema = z.object({
  id: z.uuid().nullish(),
  expectedUpdatedAt: z.date().nullish(),
  companyId: z.uuid().nullish(),
  name: text(120),
  kind: z.enum([...pulledKinds, ...listenedKinds]),
  /** Parsed by the kind's own schema. */
  connection: z.unknown().optional(),
  credentials: z
    .object({
      username: secret.nullish(),
      password: secret.nullish(),
      apiKey: secret.nullish(),
      deviceTokens: named,
      secrets: named,
    })
    .nullish(),
  intervalSeconds: z.int().min(60).max(86_400).nullish(),
  isTesting: z.boolean().nullish(),
  devices: z
    .array(deviceSchema)
    .max(500)
    .refine((list) => new Set(list.map(({ deviceId }) => deviceId)).size === list.length, 'name each device once')
    .nullish(),
});

export type SaveProviderInput = z.output<typeof saveProviderSchema>;
export type DeviceInput = z.output<typeof deviceSchema>;
