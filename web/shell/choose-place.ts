interface Place {
  readonly id: string;
}
interface PlaceOfCompany extends Place {
  readonly company: Place | null;
}

/**
 * The company and site that a link means, among those the viewer may see: the site named, or else the first of the
 * company named, or else the first there is. A link to somebody else's site shows the viewer one of their own.
 */
export function choosePlace<Company extends Place, Site extends PlaceOfCompany>(
  places: { readonly companies: readonly Company[]; readonly sites: readonly Site[] },
  wanted: { readonly company: string | null; readonly site: string | null },
): { readonly company: Company | null; readonly site: Site | null } {
  const site =
    places.sites.find((one) => one.id === wanted.site) ??
    places.sites.find((one) => one.company?.id === wanted.company) ??
    (wanted.company !== null && places.companies.some((one) => one.id === wanted.company) ? null : places.sites[0]) ??
    null;
  const companyId = site?.company?.id ?? wanted.company;
  const company = places.companies.find((one) => one.id === companyId) ?? places.companies[0] ?? null;
  return { company, site };
}
