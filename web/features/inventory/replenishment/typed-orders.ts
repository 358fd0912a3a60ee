/** Quantities that people typed instead of the proposed ones, by product. */
export type Typed = Readonly<Record<string, string>>;

/** What was typed for one site: it says nothing of another one. */
export interface TypedOrders {
  readonly siteId: string;
  readonly typed: Typed;
}

/** An address of more would be cut by some server on the way; what was typed first is forgotten first. */
const mostTyped = 300;
const longestText = 24;
const uuid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;

/** As a part of the address: the site, then each product with its quantity. Ids are written short. */
export function writeTypedOrders({ siteId, typed }: TypedOrders): string {
  const entries = Object.entries(typed)
    .slice(-mostTyped)
    .map(([id, text]) => `${shortId(id)}:${text.replaceAll('~', '').slice(0, longestText)}`);
  return [shortId(siteId), ...entries].join('~');
}

/** What an address says; null for one that was not written so. */
export function readTypedOrders(text: string): TypedOrders | null {
  const [site = '', ...entries] = text.split('~');
  const siteId = longId(site);
  if (siteId === null) return null;
  const typed = entries.slice(-mostTyped).flatMap((entry) => {
    const id = longId(entry.slice(0, 22));
    return id === null || entry[22] !== ':' ? [] : [[id, entry.slice(23, 23 + longestText)] as const];
  });
  return { siteId, typed: Object.fromEntries(typed) };
}

/** The 16 bytes of a UUID in 22 letters of an address. */
function shortId(id: string): string {
  const bytes = (id.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 22);
}

function longId(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null;
  const bytes = atob(short.replaceAll('-', '+').replaceAll('_', '/'));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return uuid.test(id) ? id : null;
}
