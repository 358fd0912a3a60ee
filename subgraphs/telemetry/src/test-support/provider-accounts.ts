import type { PulledKind } from '../providers/provider-settings.ts';
import { type ProviderStandIn, standInAccount } from './provider-stand-in.ts';

const { username, password, deviceToken } = standInAccount;

/** How each kind reaches the stand-in, with pages that are small enough to be many. */
export function standInConnection({ url }: ProviderStandIn, kind: PulledKind, pageSize = 7): Record<string, unknown> {
  switch (kind) {
    case 'TWIN':
    case 'TDATA':
      return { baseUrl: `${url}/twin`, pageSize };
    case 'NETTRA':
    case 'THINGSIO':
      return { baseUrl: url, pageSize };
    case 'NOVUS':
    case 'TAGO':
      return { baseUrl: `${url}/tago`, pageSize };
    case 'SAMPLE':
      return {};
    case 'HTTP_PULL':
      return {
        description: {
          url: `${url}/plain/devices/{{device}}/{{channel}}?from={{from}}&to={{to}}&page={{page}}&limit={{limit}}&key={{secret.key}}`,
          headers: { 'x-key': '{{secret.key}}' },
          rows: '$.data.list[*]',
          fields: { time: '$.when.t', value: '$.v[0]', unit: '$.unit' },
          paging: { kind: 'PAGE', size: pageSize },
          devices: { url: `${url}/plain/devices?key={{secret.key}}`, rows: '$.items[*]', id: '$.id', name: '$.label' },
        },
      };
  }
}

/** What opens the account, and each of these devices. */
export function standInCredentials(...devices: readonly string[]) {
  const deviceTokens = Object.fromEntries(devices.map((device) => [device, `${deviceToken}-${device}`]));
  return { username, password, deviceTokens, secrets: { key: password } };
}
