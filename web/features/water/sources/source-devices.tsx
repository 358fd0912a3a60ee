'use client';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { VariableKind } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { type NamedPoint, withChosen } from '../place-choice.ts';
import type { ChannelFields, DeviceFields } from './source-fields.ts';
import classes from './sources.module.css';

const kinds = [
  'FLOW',
  'AVERAGE_FLOW',
  'LEVEL',
  'TOTAL',
  'TEMPERATURE',
  'PRESSURE',
  'PH',
  'CONDUCTIVITY',
  'TURBIDITY',
] as const satisfies readonly VariableKind[];

/** The devices of an account, the point that each speaks for, and what each of its channels carries. */
export function SourceDevices({
  devices,
  points,
  hasTokens,
  tokenHint,
  wrong,
  onChange,
}: {
  readonly devices: readonly DeviceFields[];
  readonly points: readonly NamedPoint[];
  readonly hasTokens: boolean;
  readonly tokenHint: string | undefined;
  readonly wrong: (path: string) => string | undefined;
  readonly onChange: (devices: readonly DeviceFields[]) => void;
}) {
  const t = useTranslations('water.sources');
  const kindName = useTranslations('water.rules.variables');
  const change = (at: number, part: Partial<DeviceFields>) =>
    onChange(devices.map((device, index) => (index === at ? { ...device, ...part } : device)));
  const changeChannel = (at: number, of: number, part: Partial<ChannelFields>) =>
    change(at, {
      channels: devices[at]?.channels.map((channel, index) => (index === of ? { ...channel, ...part } : channel)) ?? [],
    });
  const newChannel = (): ChannelFields => ({
    ...{ key: crypto.randomUUID(), channel: '', variable: 'FLOW', unit: '', isPulses: false },
  });
  const add = () =>
    onChange([
      ...devices,
      { key: crypto.randomUUID(), deviceId: '', pointId: points[0]?.id ?? '', token: '', channels: [newChannel()] },
    ]);
  return (
    <fieldset className={classes.deviceFields}>
      <legend>{t('devices')}</legend>
      {devices.map((device, at) => (
        <div key={device.key} className={classes.device}>
          <div className={classes.pair}>
            <TextField
              label={t('fields.deviceId')}
              value={device.deviceId}
              wrong={wrong(`devices.${at}.deviceId`)}
              onChange={(deviceId) => change(at, { deviceId })}
            />
            <SelectField
              label={t('fields.point')}
              value={device.pointId}
              options={withChosen(points, null).map(({ id, name }) => ({ value: id, label: name }))}
              wrong={wrong(`devices.${at}.pointId`)}
              onChange={(pointId) => change(at, { pointId })}
            />
          </div>
          {hasTokens ? (
            <TextField
              label={t('fields.token')}
              type="password"
              autoComplete="new-password"
              hint={tokenHint}
              value={device.token}
              onChange={(token) => change(at, { token })}
            />
          ) : null}
          {device.channels.map((channel, of) => (
            <div key={channel.key} className={classes.channel}>
              <TextField
                label={t('fields.channel')}
                value={channel.channel}
                wrong={wrong(`devices.${at}.channels.${of}.channel`)}
                onChange={(text) => changeChannel(at, of, { channel: text })}
              />
              <SelectField
                label={t('fields.variable')}
                value={channel.variable}
                options={kinds.map((value) => ({ value, label: kindName(value) }))}
                onChange={(variable) => changeChannel(at, of, { variable })}
              />
              <TextField
                label={t('fields.unit')}
                placeholder={t('unitUsual')}
                value={channel.unit}
                wrong={wrong(`devices.${at}.channels.${of}.unit`)}
                onChange={(unit) => changeChannel(at, of, { unit })}
              />
              <label className={classes.pulses}>
                <input
                  type="checkbox"
                  checked={channel.isPulses}
                  onChange={() => changeChannel(at, of, { isPulses: !channel.isPulses })}
                />
                {t('fields.isPulses')}
              </label>
              <Button
                size="icon"
                look="quiet"
                aria-label={t('dropChannel', { name: channel.channel })}
                disabled={device.channels.length === 1}
                icon={<IconX size={15} aria-hidden="true" />}
                onClick={() => change(at, { channels: device.channels.filter((_, index) => index !== of) })}
              />
            </div>
          ))}
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => change(at, { channels: [...device.channels, newChannel()] })}
          >
            {t('addChannel')}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        icon={<IconPlus size={14} aria-hidden="true" />}
        disabled={points.length === 0}
        onClick={add}
      >
        {t('addDevice')}
      </Button>
    </fieldset>
  );
}
