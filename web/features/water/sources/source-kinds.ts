import type { ProviderKind } from '../../../graphql/generated/graphql.ts';

/** What a preset asks for. Everything that is left open stays as the preset has it. */
export interface SourceKind {
  readonly kind: ProviderKind;
  /** How an account is opened. */
  readonly credentials: 'password' | 'deviceTokens' | 'secrets' | 'none';
  /** What says where it lives. */
  readonly address: 'baseUrl' | 'description' | 'scope' | 'none';
  /** Whether it is asked, and can be tested; the others speak by themselves. */
  readonly isPulled: boolean;
}

const pulled = (
  kind: ProviderKind,
  credentials: SourceKind['credentials'],
  address: SourceKind['address'],
): SourceKind => ({
  ...{ kind, credentials, address, isPulled: true },
});
const heard = (kind: ProviderKind, address: SourceKind['address']): SourceKind => ({
  ...{ kind, credentials: 'none', address, isPulled: false },
});

/** Presets that can be set up, in the order in which they are offered. */
export const sourceKinds = [
  pulled('TWIN', 'password', 'baseUrl'),
  pulled('TDATA', 'password', 'baseUrl'),
  pulled('NETTRA', 'deviceTokens', 'baseUrl'),
  pulled('THINGSIO', 'deviceTokens', 'baseUrl'),
  pulled('NOVUS', 'deviceTokens', 'baseUrl'),
  pulled('TAGO', 'deviceTokens', 'baseUrl'),
  pulled('HTTP_PULL', 'secrets', 'description'),
  heard('MQTT', 'none'),
  heard('CHIRPSTACK', 'scope'),
  heard('SPARKPLUG', 'scope'),
] as const;

/** The preset of a kind; null for one that cannot be set up here. */
export function sourceKind(kind: ProviderKind): SourceKind | null {
  return sourceKinds.find((one) => one.kind === kind) ?? null;
}

/** Where a provider lives, of what the graph shows of its connection; empty where it says nothing. */
export function shownAddress(connection: unknown, address: SourceKind['address']): string {
  const { baseUrl, description, scope } = Object(connection);
  if (address === 'description') return description === undefined ? '' : JSON.stringify(description, null, 2);
  const text = address === 'scope' ? scope : baseUrl;
  return typeof text === 'string' ? text : '';
}

/** The connection as the graph takes it; null when a description is no JSON. */
export function sentConnection(text: string, address: SourceKind['address']): Readonly<Record<string, unknown>> | null {
  if (address === 'none') return {};
  if (address !== 'description') return { [address]: text.trim() };
  try {
    return { description: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** What a description looks like, for who has never written one. */
export const descriptionExample = JSON.stringify(
  {
    url: 'https://api.proveedor.example/v1/devices/{{device}}/data?channel={{channel}}&from={{from}}&to={{to}}&page={{page}}',
    headers: { authorization: 'Bearer {{secret.token}}' },
    time: { format: 'ISO' },
    rows: '$.data[*]',
    fields: { time: '$.ts', value: '$.value' },
    paging: { kind: 'PAGE', size: 500 },
  },
  null,
  2,
);
