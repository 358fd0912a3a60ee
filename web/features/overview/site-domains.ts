export type Domain = 'production' | 'inventory' | 'clinics' | 'telemetry' | 'finance';

/** What a site of each kind is about; a panel of something else appears only when it has something to show. */
const domainsOfKind: Readonly<Record<string, readonly Domain[]>> = {
  PLANT: ['production', 'inventory', 'telemetry', 'finance'],
  WAREHOUSE: ['inventory', 'finance'],
  CLINIC: ['clinics', 'finance'],
  CATCHMENT_AREA: ['telemetry'],
  OFFICE: ['finance'],
};

/** The domains to ask about a site, by what the viewer may see; and the ones that belong to its kind. */
export function siteDomains(kind: string, can: (permission: string) => boolean) {
  const all: readonly Domain[] = ['production', 'inventory', 'clinics', 'telemetry', 'finance'];
  const allowed = all.filter((domain) => can(`${domain}:read`));
  const own = allowed.filter((domain) => (domainsOfKind[kind] ?? all).includes(domain));
  return { allowed: new Set(allowed), own: new Set(own) };
}
