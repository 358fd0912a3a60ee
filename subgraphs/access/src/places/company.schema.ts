import { byRights } from '@cauce/shared/schema/by-rights';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { companyChanged, keptPlaces } from './kept-places.ts';
import { readOneKey } from './one-key.ts';

/** `Company`, and the queries that find companies. */
export function addCompanies(builder: AccessBuilder, { company, site }: AccessRefs): void {
  const directives = { cacheControl: { ...keptPlaces, topic: companyChanged.name } };
  company.implement({
    tag: byRights,
    directives,
    description:
      'A company of the group. The graph holds one row of it for everybody who reaches it, and none for others.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Short code, unique over all companies: `RIBERA`.' }),
      name: t.exposeString('name', { description: 'Its name.' }),
      taxId: t.exposeString('taxId', {
        nullable: true,
        description: 'Tax number as its country writes it (RUT in Chile).',
      }),
      currency: t.exposeString('currency', { description: 'ISO 4217 currency of its books.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone of its calendar days.' }),
      country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2 country.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it is still in business here.' }),
      sites: t.field({
        type: [site],
        description: 'Its sites within the reach of who asks, by name.',
        resolve: async ({ id, sight }) => [...(await sight.places.sitesOf(id))],
      }),
    }),
  });
  builder.asEntity(company, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ code: string }>('code')],
    resolveReference: (reference, { services }) =>
      'id' in reference ? services.places.company(reference.id) : services.places.companyByCode(reference.code),
  });

  builder.queryFields((t) => ({
    company: t.field({
      directives: { cacheControl: keptPlaces },
      type: company,
      nullable: true,
      description: 'One company by id or by code; null when there is none within reach.',
      authScopes: { authenticated: true },
      args: {
        id: t.arg.id({ required: false, description: 'Opaque id.' }),
        code: t.arg.string({ required: false, description: 'Short code.' }),
      },
      resolve: (_root, args, { services }) => {
        const key = readOneKey(args);
        return key.by === 'id' ? services.places.company(key.value) : services.places.companyByCode(key.value);
      },
    }),
    companies: t.connection(
      {
        directives: { cacheControl: keptPlaces },
        type: company,
        description: 'Companies within reach, by name.',
        authScopes: { authenticated: true },
        args: { filter: t.arg({ type: addFilter(builder), required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.places.companies(filter ?? {}, page),
      },
      { name: 'CompanyConnection', description: 'A page of companies.', directives },
      { name: 'CompanyEdge', description: 'A company in a page.', directives },
    ),
  }));
}

function addFilter(builder: AccessBuilder) {
  return builder.inputType('CompanyFilterInput', {
    description: 'Which companies; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({ required: false, description: 'Part of the name or the code, in any case.' }),
      isActive: t.boolean({ required: false, description: 'Only those that are (or are not) in business.' }),
    }),
  });
}
