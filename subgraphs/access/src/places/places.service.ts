import { createIdLoader, createListLoader, createLoader } from '@cauce/shared/db/create-loader';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Seen } from '../sight.ts';
import type { CompanyFilter, CompanyRow, createCompanyStore } from './company.store.ts';
import type { createSiteStore, SiteFilter, SiteRow } from './site.store.ts';

export type Company = Seen<CompanyRow>;
export type Site = Seen<SiteRow>;

/** Companies and sites within somebody's reach; what they do not reach is not there. */
export interface Places {
  company(id: string): Promise<Company | null>;
  companyByCode(code: string): Promise<Company | null>;
  site(id: string): Promise<Site | null>;
  siteByCode(code: string): Promise<Site | null>;
  sitesOf(companyId: string): Promise<readonly Site[]>;
  /** Everything in reach, for the one list that says so: a person's own places. */
  allCompanies(): Promise<readonly Company[]>;
  allSites(): Promise<readonly Site[]>;
  companies(filter: CompanyFilter, page: PageArgs): Promise<Page<Company>>;
  sites(filter: SiteFilter, page: PageArgs): Promise<Page<Site>>;
}

export interface PlacesDeps {
  readonly companies: ReturnType<typeof createCompanyStore>;
  readonly sites: ReturnType<typeof createSiteStore>;
  readonly see: <Row extends object>(row: Row) => Seen<Row>;
}

export function createPlaces({ companies, sites, see }: PlacesDeps): Places {
  const seen = async <Row extends object>(rows: Promise<readonly Row[]>) => (await rows).map(see);
  const companiesById = createIdLoader((ids) => seen(companies.byIds(ids)));
  const companiesByCode = createLoader(
    (codes) => seen(companies.byCodes(codes)),
    ({ code }) => code,
  );
  const sitesById = createIdLoader((ids) => seen(sites.byIds(ids)));
  const sitesByCode = createLoader(
    (codes) => seen(sites.byCodes(codes)),
    ({ code }) => code,
  );
  const sitesByCompany = createListLoader(
    (ids) => seen(sites.byCompanies(ids)),
    ({ companyId }) => companyId,
  );

  return {
    company: (id) => companiesById.load(id),
    companyByCode: (code) => companiesByCode.load(code),
    site: (id) => sitesById.load(id),
    siteByCode: (code) => sitesByCode.load(code),
    sitesOf: (companyId) => sitesByCompany.load(companyId),
    allCompanies: () => seen(companies.all()),
    allSites: () => seen(sites.all()),
    async companies(filter, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      const rows = await seen(companies.page(filter, keyset));
      return toPage(
        rows,
        keyset,
        ({ name, id }) => [name, id],
        () => companies.count(filter),
      );
    },
    async sites(filter, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      const rows = await seen(sites.page(filter, keyset));
      return toPage(
        rows,
        keyset,
        ({ name, id }) => [name, id],
        () => sites.count(filter),
      );
    },
  };
}
