import { byRights } from '@cauce/shared/schema/by-rights';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { keptPlaces, siteChanged } from './kept-places.ts';
import { readOneKey } from './one-key.ts';

/** `Site`, and the queries that find sites. Other subgraphs add to it what happens there. */
export function addSites(builder: AccessBuilder, refs: AccessRefs): void {
  const { company, site, siteKind } = refs;
  const directives = { cacheControl: { ...keptPlaces, topic: siteChanged.name } };
  site.implement({
    tag: byRights,
    directives,
    description: 'A place where a company works: a plant, a warehouse, a clinic, a catchment area, an office.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Short code, unique over all sites: `PLANTA-NORTE`.' }),
      name: t.exposeString('name', { description: 'Its name.' }),
      kind: t.expose('kind', { type: siteKind, description: 'What it is for.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone of its calendar days.' }),
      latitude: t.float({
        nullable: true,
        description: 'Degrees north, WGS 84.',
        resolve: ({ latitude }) => latitude?.toNumber() ?? null,
      }),
      longitude: t.float({
        nullable: true,
        description: 'Degrees east, WGS 84.',
        resolve: ({ longitude }) => longitude?.toNumber() ?? null,
      }),
      address: t.exposeString('address', { nullable: true, description: 'Postal address.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is still in use.' }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company it belongs to; null when only the site is within reach.',
        resolve: ({ companyId, sight }) => sight.places.company(companyId),
      }),
    }),
  });
  builder.asEntity(site, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ code: string }>('code')],
    resolveReference: (reference, { services }) =>
      'id' in reference ? services.places.site(reference.id) : services.places.siteByCode(reference.code),
  });

  builder.queryFields((t) => ({
    site: t.field({
      directives: { cacheControl: keptPlaces },
      type: site,
      nullable: true,
      description: 'One site by id or by code; null when there is none within reach.',
      authScopes: { authenticated: true },
      args: {
        id: t.arg.id({ required: false, description: 'Opaque id.' }),
        code: t.arg.string({ required: false, description: 'Short code.' }),
      },
      resolve: (_root, args, { services }) => {
        const key = readOneKey(args);
        return key.by === 'id' ? services.places.site(key.value) : services.places.siteByCode(key.value);
      },
    }),
    sites: t.connection(
      {
        directives: { cacheControl: keptPlaces },
        type: site,
        description: 'Sites within reach, by name.',
        authScopes: { authenticated: true },
        args: { filter: t.arg({ type: addFilter(builder, refs), required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.places.sites(filter ?? {}, page),
      },
      { name: 'SiteConnection', description: 'A page of sites.', directives },
      { name: 'SiteEdge', description: 'A site in a page.', directives },
    ),
  }));
}

function addFilter(builder: AccessBuilder, { siteKind }: AccessRefs) {
  return builder.inputType('SiteFilterInput', {
    description: 'Which sites; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({ required: false, description: 'Part of the name or the code, in any case.' }),
      kinds: t.field({ type: [siteKind], required: false, description: 'Only of these kinds.' }),
      companyIds: t.idList({ required: false, description: 'Only of these companies.' }),
      isActive: t.boolean({ required: false, description: 'Only those that are (or are not) in use.' }),
    }),
  });
}
