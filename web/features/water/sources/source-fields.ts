import type {
  ProviderKind,
  SaveProviderInput,
  VariableKind,
  WaterSourceFragment,
} from '../../../graphql/generated/graphql.ts';
import { type SourceKind, sentConnection, shownAddress, sourceKind } from './source-kinds.ts';

export interface DeviceFields {
  /** Of the form, not of the graph. */
  readonly key: string;
  readonly deviceId: string;
  readonly pointId: string;
  /** Write-only. */
  readonly token: string;
  readonly channels: readonly ChannelFields[];
}

export interface ChannelFields {
  readonly key: string;
  readonly channel: string;
  readonly variable: VariableKind;
  readonly unit: string;
  readonly isPulses: boolean;
}

export interface SourceFields {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly address: string;
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  readonly secretName: string;
  readonly secretValue: string;
  readonly minutes: string;
  readonly mode: 'live' | 'trial';
  readonly devices: readonly DeviceFields[];
}

export const emptyForm: SourceFields = {
  ...{ kind: 'TWIN', name: '', address: '', username: '', password: '', apiKey: '' },
  ...{ secretName: 'token', secretValue: '', minutes: '5', mode: 'live', devices: [] },
};

/** A provider as its form shows it: without any secret, because none ever comes back. */
export function formOf(source: WaterSourceFragment): SourceFields {
  return {
    ...emptyForm,
    ...{ kind: source.kind, name: source.name },
    address: shownAddress(source.connection, sourceKind(source.kind)?.address ?? 'none'),
    minutes: String(Math.round((source.schedules[0]?.intervalSeconds ?? 300) / 60)),
    mode: source.isTesting ? 'trial' : 'live',
    devices: source.devices.map(({ id, deviceId, point, channels }) => ({
      ...{ key: id, deviceId, pointId: point?.id ?? '', token: '' },
      channels: channels.map(({ channel, variable, unit, isPulses }) => ({
        ...{ key: channel, channel, variable, isPulses, unit: unit ?? '' },
      })),
    })),
  };
}

/** What the graph is told. What was left as it was shown is not sent, so that nothing blanked out is kept as a value. */
export function sentSource(
  form: SourceFields,
  preset: SourceKind,
  source: WaterSourceFragment | null,
  companyId: string,
): SaveProviderInput {
  const before = source === null ? null : formOf(source);
  const connection = sentConnection(form.address, preset.address);
  const isMoved = before === null || before.address !== form.address;
  const credentials = sentCredentials(form, preset);
  const known = new Map(before?.devices.map((device) => [device.key, JSON.stringify(device)]));
  const devices = form.devices.filter(
    (device) => device.deviceId.trim() !== '' && known.get(device.key) !== JSON.stringify({ ...device, token: '' }),
  );
  return {
    ...(source === null ? { companyId } : { id: source.id, expectedUpdatedAt: source.updatedAt }),
    ...{ name: form.name.trim(), kind: form.kind },
    ...(isMoved && connection !== null ? { connection } : {}),
    ...(credentials === null ? {} : { credentials }),
    ...(preset.isPulled
      ? { intervalSeconds: Math.round(Number(form.minutes) * 60), isTesting: form.mode === 'trial' }
      : {}),
    ...(devices.length === 0 ? {} : { devices: devices.map(sentDevice) }),
  };
}

function sentDevice({ deviceId, pointId, channels }: DeviceFields) {
  return {
    ...{ deviceId: deviceId.trim(), pointId },
    channels: channels
      .filter(({ channel }) => channel.trim() !== '')
      .map(({ channel, variable, unit, isPulses }) => ({
        ...{ channel: channel.trim(), variable, isPulses },
        ...(unit.trim() === '' ? {} : { unit: unit.trim() }),
      })),
  };
}

function sentCredentials(form: SourceFields, preset: SourceKind): NonNullable<SaveProviderInput['credentials']> | null {
  const given = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const { username, password, apiKey, secretName, secretValue } = form;
  const tokens = form.devices
    .filter(({ token, deviceId }) => token !== '' && deviceId.trim() !== '')
    .map(({ token, deviceId }) => ({ name: deviceId.trim(), value: token }));
  const credentials = {
    ...(preset.credentials === 'password' ? given({ username, password, apiKey }) : {}),
    ...(preset.credentials === 'deviceTokens' && tokens.length > 0 ? { deviceTokens: tokens } : {}),
    ...(preset.credentials === 'secrets' && secretValue !== ''
      ? { secrets: [{ name: secretName.trim(), value: secretValue }] }
      : {}),
  };
  return Object.keys(credentials).length === 0 ? null : credentials;
}
