import {
  type AccessTokenClaims,
  createAccessTokenIssuer,
  type IssuedAccessToken,
} from '@cauce/shared/auth/access-token';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { createSecretBox, type SecretBox } from '@cauce/shared/crypto/secret-box';
import { createScopedClient, type ScopedClient } from '@cauce/shared/db/scoped-client';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createPasswords, type Passwords } from './passwords/passwords.ts';
import { accessRowScopes } from './row-scopes.ts';
import { createSightMaker, type Sight } from './sight.ts';
import { createViewerStore } from './viewers/viewer.store.ts';
import { createViewers, type Viewers } from './viewers/viewers.service.ts';

/** What every service of this subgraph stands on: the process's own, and what identity adds to it. */
export interface AccessDeps extends Deps {
  readonly passwords: Passwords;
  readonly issueAccessToken: (subject: Omit<AccessTokenClaims, 'expiresAtMs'>) => Promise<IssuedAccessToken>;
  readonly secretBox: SecretBox;
  readonly viewers: Viewers;
  /** The rows of companies and sites, kept to a viewer's reach. */
  readonly scopedFor: (viewer: Viewer) => ScopedClient;
  readonly createSight: (viewer: Viewer) => Sight;
}

/** Made once for the process. */
export function createAccessDeps(deps: Deps): AccessDeps {
  const scopedFor = createScopedClient(deps.db.client, accessRowScopes);
  return {
    ...deps,
    passwords: createPasswords(),
    issueAccessToken: createAccessTokenIssuer(deps.settings.tokenSecret, deps.clock),
    secretBox: createSecretBox(deps.settings.encryptionKey),
    viewers: createViewers(createViewerStore(deps)),
    scopedFor,
    createSight: createSightMaker(deps, scopedFor),
  };
}
