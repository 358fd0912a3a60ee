import type { Dashboard } from '@cauce/prisma/client';
import { dashboards } from '@cauce/shared/auth/permissions';
import { createIdLoader, createLoader } from '@cauce/shared/db/create-loader';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Company, Places, Site } from '../places/places.service.ts';
import { present } from '../present.ts';
import type { Seen } from '../sight.ts';
import type { createUserStore, Grants, UserFilter, UserRow } from './user.store.ts';

export type User = Seen<UserRow>;

/** People within somebody's sight, and what they may reach, as far as the one who looks reaches it too. */
export interface People {
  user(id: string): Promise<User | null>;
  users(filter: UserFilter, page: PageArgs): Promise<Page<User>>;
  companiesOf(user: User): Promise<readonly Company[]>;
  sitesOf(user: User): Promise<readonly Site[]>;
  dashboardsOf(user: User): Promise<readonly Dashboard[]>;
}

export interface PeopleDeps {
  readonly users: ReturnType<typeof createUserStore>;
  readonly see: <Row extends object>(row: Row) => Seen<Row>;
  /** A function, because people and places see each other. */
  readonly getPlaces: () => Places;
}

export function createPeople({ users, see, getPlaces }: PeopleDeps): People {
  const byId = createIdLoader(async (ids) => (await users.byIds(ids)).map(see));
  const grants = createLoader<Grants>(users.grants, ({ userId }) => userId);

  return {
    user: (id) => byId.load(id),
    async users(filter, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      const rows = (await users.page(filter, keyset)).map(see);
      return toPage(
        rows,
        keyset,
        ({ name, id }) => [name, id],
        () => users.count(filter),
      );
    },
    async companiesOf({ id, role }) {
      if (role === 'ADMIN') return getPlaces().allCompanies();
      const { companyIds } = (await grants.load(id)) ?? nothing;
      return byName(await present(companyIds.map((companyId) => getPlaces().company(companyId))));
    },
    async sitesOf({ id, role }) {
      if (role === 'ADMIN') return getPlaces().allSites();
      const { siteIds } = (await grants.load(id)) ?? nothing;
      return byName(await present(siteIds.map((siteId) => getPlaces().site(siteId))));
    },
    async dashboardsOf({ id, role }) {
      return role === 'ADMIN' ? dashboards : ((await grants.load(id)) ?? nothing).dashboards;
    },
  };
}

const nothing: Omit<Grants, 'userId'> = { companyIds: [], siteIds: [], dashboards: [] };

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => one.name.localeCompare(other.name, 'es'));
}
