import { createHash } from 'node:crypto';
import { rightsFingerprint, type Viewer, withoutIdentity } from '@cauce/shared/auth/viewer';

/** The rights of a viewer, held by nobody: what a value is kept under, and what it is loaded with. */
export interface Rights {
  readonly key: string;
  readonly viewer: Viewer;
}

/** Works out the rights of each viewer once; viewers are shared between the requests of a credential. */
export function createRights(): (viewer: Viewer) => Rights {
  const known = new WeakMap<Viewer, Rights>();
  return (viewer) => {
    const before = known.get(viewer);
    if (before !== undefined) return before;
    const shared = withoutIdentity(viewer);
    const key = createHash('sha256').update(rightsFingerprint(shared)).digest('base64url').slice(0, 22);
    const rights = { key, viewer: shared };
    known.set(viewer, rights);
    return rights;
  };
}
