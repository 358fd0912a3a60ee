import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createPeople, type People } from './people/people.service.ts';
import { createUserStore } from './people/user.store.ts';
import { createCompanyStore } from './places/company.store.ts';
import { createPlaces, type Places } from './places/places.service.ts';
import { createSiteStore } from './places/site.store.ts';

/**
 * Somebody's eyes: people and places as far as one viewer may see them, each row loaded once. A request looks through
 * those of its viewer; who has just signed in, through their own; and each event of a stream through fresh ones, since
 * what was loaded is kept for as long as the eyes are.
 */
export interface Sight {
  readonly viewer: Viewer;
  readonly places: Places;
  readonly people: People;
}

/** A row and the eyes it was seen with: what it leads to is seen with the same. */
export type Seen<Row> = Row & { readonly sight: Sight };

/** Makes eyes for viewers; one maker serves the whole process. */
export function createSightMaker(
  { db }: Pick<Deps, 'db'>,
  scopedFor: (viewer: Viewer) => ScopedClient,
): (viewer: Viewer) => Sight {
  return (viewer) => {
    const client = scopedFor(viewer);
    const sight: Sight = {
      viewer,
      places: createPlaces({ companies: createCompanyStore(client), sites: createSiteStore(client), see: withSight }),
      people: createPeople({
        users: createUserStore(db.client, viewer),
        see: withSight,
        getPlaces: () => sight.places,
      }),
    };
    function withSight<Row extends object>(row: Row): Seen<Row> {
      return { ...row, sight };
    }
    return sight;
  };
}
