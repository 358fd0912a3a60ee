import {
  type AccessTokenClaims,
  createAccessTokenIssuer,
  type IssuedAccessToken,
} from '@cauce/shared/auth/access-token';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { createSecretBox, type SecretBox } from '@cauce/shared/crypto/secret-box';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createPasswords, type Passwords } from './passwords/passwords.ts';
import { createSightMaker, type Sight } from './sight.ts';
import { createViewerStore } from './viewers/viewer.store.ts';
import { createViewers, type Viewers } from './viewers/viewers.ts';

/** What every service of this subgraph stands on: the process's own, and what identity adds to it. */
export interface AccessDeps extends Deps {
  readonly passwords: Passwords;
  readonly issueAccessToken: (subject: Omit<AccessTokenClaims, 'expiresAtMs'>) => Promise<IssuedAccessToken>;
  readonly secretBox: SecretBox;
  readonly viewers: Viewers;
  readonly createSight: (viewer: Viewer) => Sight;
}

/** Made once for the process. */
export function createAccessDeps(deps: Deps): AccessDeps {
  return {
    ...deps,
    passwords: createPasswords(),
    issueAccessToken: createAccessTokenIssuer(deps.settings.tokenSecret, deps.clock),
    secretBox: createSecretBox(deps.settings.encryptionKey),
    viewers: createViewers(createViewerStore(deps)),
    createSight: createSightMaker(deps),
  };
}
