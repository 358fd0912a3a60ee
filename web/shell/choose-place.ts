interface Place {
  readonly id: string;
}
interface PlaceOfCompany extends Place {
  readonly kind?: string;
  readonly company: Place | null;
}

/**
 * The company and site that a link means, among those the viewer may see: the site named, or else the first of the
 * company named, or else the first there is; a plant before other kinds, because there the domains meet. A link to somebody else's site shows the viewer one of their own.
 */
export function choosePlace<Company extends Place, Site extends PlaceOfCompany>(
  places: { readonly companies: readonly Company[]; readonly sites: readonly Site[] },
  wanted: { readonly company: string | null; readonly site: string | null },
): { readonly company: Company | null; readonly site: Site | null } {
  const site =
    places.sites.find((one) => one.id === wanted.site) ??
    firstOf(places.sites.filter((one) => one.company?.id === wanted.company)) ??
    (wanted.company !== null && places.companies.some((one) => one.id === wanted.company)
      ? null
      : firstOf(places.sites));
  const companyId = site?.company?.id ?? wanted.company;
  const company = places.companies.find((one) => one.id === companyId) ?? places.companies[0] ?? null;
  return { company, site };
}

function firstOf<Site extends PlaceOfCompany>(sites: readonly Site[]): Site | null {
  return sites.find(({ kind }) => kind === 'PLANT') ?? sites[0] ?? null;
}
