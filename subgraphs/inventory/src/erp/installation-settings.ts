import { lookup } from 'node:dns/promises';
import type { SecretBox } from '@cauce/shared/crypto/secret-box';
import { isPublicAddress } from '@cauce/shared/http/public-address';
import { z } from 'zod';
import { ErpFailure } from './erp-failure.ts';
import { erpMappingSchema } from './erp-mapping.ts';
import type { ErpSource } from './erp-source.ts';
import type { FirebirdAddress } from './microsip/firebird-link.ts';
import { createMicrosipSource } from './microsip/microsip-source.ts';
import { createSampleSource } from './sample-source.ts';

/** Where a Microsip database is; never a secret. */
export const microsipConnectionSchema = z.strictObject({
  host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252})$/, 'must be a host name or address'),
  port: z.int().min(1).max(65_535).default(3_050),
  /** Path or alias on the server, as its administrator writes it. */
  database: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^\P{C}*$/u, 'must hold no control characters'),
  user: z
    .string()
    .trim()
    .min(1)
    .max(63)
    .regex(/^\P{C}*$/u, 'must hold no control characters'),
  /** For one answer, ms. */
  timeoutMs: z.int().min(1_000).max(600_000).default(60_000),
});

export const sampleConnectionSchema = z.strictObject({ articles: z.int().min(1).max(5_000) });

const credentialsSchema = z.strictObject({ password: z.string().min(1).max(200) });

/** What sealed credentials belong to: they open for this installation only. */
const credentialsContext = (installationId: string): string => `erp:${installationId}`;

export const sealPassword = (box: SecretBox, installationId: string, password: string): string =>
  box.seal(JSON.stringify({ password }), credentialsContext(installationId));

export interface StoredInstallation {
  readonly id: string;
  readonly kind: 'MICROSIP' | 'SAMPLE';
  readonly connection: unknown;
  readonly credentialsEncrypted: string | null;
}

export interface OpenInstallationDeps {
  readonly secretBox: SecretBox;
  readonly now: () => Date;
  /** An ERP may be at a private address. */
  readonly isPrivateNetworkAllowed: boolean;
}

/** The address with its password. @throws ErpFailure (`BAD_MAPPING`) for settings that cannot be read */
export function microsipAddress(
  { secretBox }: OpenInstallationDeps,
  { id, connection, credentialsEncrypted }: StoredInstallation,
): Omit<FirebirdAddress, 'charset'> {
  try {
    const { password } = credentialsSchema.parse(
      JSON.parse(secretBox.open(credentialsEncrypted ?? '', credentialsContext(id))),
    );
    return { ...microsipConnectionSchema.parse(connection), password };
  } catch (cause) {
    throw new ErpFailure('BAD_MAPPING', 'The connection or password cannot be read: save them again', { cause });
  }
}

/** The ERP of an installation with its confirmed mapping; opens nothing yet. @throws ErpFailure (`BAD_MAPPING`) */
export function sourceOf(
  deps: OpenInstallationDeps,
  installation: StoredInstallation & { readonly mapping: unknown },
): ErpSource {
  if (installation.kind === 'SAMPLE') {
    const connection = sampleConnectionSchema.safeParse(installation.connection);
    if (!connection.success) throw new ErpFailure('BAD_MAPPING', 'The sample says not how many articles it has');
    return createSampleSource(connection.data.articles, deps.now);
  }
  const mapping = erpMappingSchema.safeParse(installation.mapping);
  if (!mapping.success) throw new ErpFailure('BAD_MAPPING', 'The mapping cannot be read: run the audit again');
  const address = microsipAddress(deps, installation);
  return {
    open: async (signal) =>
      createMicrosipSource({ ...address, host: await reachableHost(address.host, deps) }, mapping.data).open(signal),
  };
}

/**
 * The address that a name stands for, so that what was checked is what is called.
 * @throws ErpFailure (`UNREACHABLE`, or `REFUSED` for a private one where those are closed)
 */
export async function reachableHost(host: string, { isPrivateNetworkAllowed }: OpenInstallationDeps): Promise<string> {
  const found = await lookup(host).catch((cause: unknown) => {
    throw new ErpFailure('UNREACHABLE', 'The name of the ERP is not known', { cause });
  });
  if (!isPrivateNetworkAllowed && !isPublicAddress(found.address))
    throw new ErpFailure('REFUSED', 'The ERP is at a private address, which this platform may not call');
  return found.address;
}
