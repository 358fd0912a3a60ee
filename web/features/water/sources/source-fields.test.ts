import { describe, expect, it } from 'vitest';
import type { WaterSourceFragment } from '../../../graphql/generated/graphql.ts';
import { emptyForm, formOf, sentSource } from './source-fields.ts';
import { sourceKind, sourceKinds } from './source-kinds.ts';

const source: WaterSourceFragment = {
  ...{ id: 'p1', name: 'Cuenta', kind: 'TWIN', connection: { baseUrl: 'https://twin.example' }, hasCredentials: true },
  ...{ isActive: true, isTesting: false, lastConnectedAt: null, lastError: null, lastErrorAt: null, state: 'WELL' },
  ...{ updatedAt: '2026-11-20T00:00:00.000Z', lagSeconds: null, company: { id: 'c1' }, schedules: [] },
  devices: [
    {
      ...{ id: 'd1', deviceId: 'A', description: null, isActive: true, lastSeenAt: null },
      point: { id: 'w1', name: 'Pozo', code: 'W-1' },
      channels: [{ channel: 'flow', variable: 'FLOW', isPulses: false, unit: null }],
    },
  ],
};
const twin = sourceKind('TWIN') ?? sourceKinds[0];
const tago = sourceKind('TAGO') ?? sourceKinds[0];

describe('what is sent of a provider', () => {
  it('holds nothing that was only shown: no address, no credentials, no device', () => {
    const sent = sentSource(formOf(source), twin, source, 'c1');
    expect(sent).toEqual({
      ...{ id: 'p1', expectedUpdatedAt: source.updatedAt, name: 'Cuenta', kind: 'TWIN' },
      ...{ intervalSeconds: 300, isTesting: false },
    });
  });
  it('holds the credentials that were typed and no empty ones', () => {
    const form = { ...formOf(source), password: 'new' };
    expect(sentSource(form, twin, source, 'c1').credentials).toEqual({ password: 'new' });
  });
  it('holds a new device with its token beside it, never in it', () => {
    const channel = { key: 'x', channel: 'nivel', variable: 'LEVEL' as const, unit: 'm', isPulses: false };
    const device = { key: 'n', deviceId: ' B ', pointId: 'w1', token: 's3cret', channels: [channel] };
    const sent = sentSource(
      { ...emptyForm, kind: 'TAGO', address: 'https://tago.example', devices: [device] },
      tago,
      null,
      'c1',
    );
    expect(sent.credentials).toEqual({ deviceTokens: [{ name: 'B', value: 's3cret' }] });
    expect(sent.connection).toEqual({ baseUrl: 'https://tago.example' });
    expect(JSON.stringify(sent.devices)).not.toContain('s3cret');
  });
});
