import { randomBytes, randomUUID } from 'node:crypto';
import { demoPeople } from '@cauce/prisma/seed/demo-people';
import { createAccessTokenIssuer } from '@cauce/shared/auth/access-token';
import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import { systemViewer } from '@cauce/shared/auth/viewer';
import type { PlatformDoors } from '../platform/start-platform.ts';

type Secrets = Pick<PlatformDoors, 'secrets'>;

const userId = demoPeople[0]?.id ?? randomUUID();

/** Access tokens that look right, and each is wrong in one way. */
export const badTokens = {
  /** Signed as it should be, and its time is over since an hour. */
  async expired({ secrets }: Secrets): Promise<string> {
    const anHourAgo = { now: () => new Date(Date.now() - 3_600_000) };
    return (await createAccessTokenIssuer(secrets.tokenSecret, anHourAgo)(claims())).token;
  },
  async otherSecret(): Promise<string> {
    return (await createAccessTokenIssuer(randomBytes(32).toString('base64'))(claims())).token;
  },
  unsigned(): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const nowSeconds = Math.floor(Date.now() / 1000);
    const { familyId, version } = claims();
    const payload = { sub: userId, sid: familyId, ver: version, iat: nowSeconds, exp: nowSeconds + 600 };
    return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...payload, iss: 'cauce-access', aud: 'cauce-gateway' })}.`;
  },
  /** What the gateway shows to subgraphs. */
  internal({ secrets }: Secrets): Promise<string> {
    return Promise.resolve(createInternalTokenSigner(secrets.internalSecret)(systemViewer('gateway')));
  },
  async unknownSession({ secrets }: Secrets): Promise<string> {
    return (await createAccessTokenIssuer(secrets.tokenSecret)(claims())).token;
  },
};

function claims() {
  return { userId, familyId: randomUUID(), version: 1 };
}
