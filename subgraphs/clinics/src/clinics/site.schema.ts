import type { ClinicsRefs } from '../refs.ts';

/** What clinics adds to a site: nullable, so that without the permission the site stays. */
export function addSiteFields({ site, clinic }: ClinicsRefs): void {
  site.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      clinic: t.field({
        type: clinic,
        nullable: true,
        description: 'The clinic that the site is or has; null when it has none.',
        authScopes: { permission: 'clinics:read' },
        resolve: ({ id }, _args, { services }) => services.clinics.bySite(id),
      }),
    }),
  });
}
