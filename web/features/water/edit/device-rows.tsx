'use client';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { VariableKind } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import classes from './edit.module.css';
import { type ChannelRow, type DeviceRow, newChannel } from './source-rows.ts';

/** Devices of providers that are about to speak for a point, and what each of their channels carries. */
export function DeviceRows({
  rows,
  providers,
  variables,
  path,
  wrong,
  onChange,
}: {
  readonly rows: readonly DeviceRow[];
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** What the point measures, or is about to. */
  readonly variables: readonly VariableKind[];
  /** Of the rows in the input. */
  readonly path: string;
  readonly wrong: (path: string) => string | undefined;
  readonly onChange: (rows: readonly DeviceRow[]) => void;
}) {
  const t = useTranslations('water.edit.devices');
  const sources = useTranslations('water.sources');
  const kindName = useTranslations('water.rules.variables');
  const first = variables[0] ?? 'FLOW';
  const change = (at: number, part: Partial<DeviceRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const changeChannel = (at: number, of: number, part: Partial<ChannelRow>) =>
    change(at, {
      channels: rows[at]?.channels.map((one, index) => (index === of ? { ...one, ...part } : one)) ?? [],
    });
  const add = () =>
    onChange([
      ...rows,
      { key: crypto.randomUUID(), providerId: providers[0]?.id ?? '', deviceId: '', channels: [newChannel(first)] },
    ]);
  return (
    <div className={classes.rows}>
      {rows.map((row, at) => (
        <fieldset key={row.key} className={classes.row}>
          <legend>{row.deviceId.trim() === '' ? t('new') : row.deviceId}</legend>
          <div className={classes.fields}>
            <SelectField
              label={t('provider')}
              value={row.providerId}
              options={providers.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(providerId) => change(at, { providerId })}
            />
            <TextField
              label={sources('fields.deviceId')}
              required
              maxLength={120}
              value={row.deviceId}
              wrong={wrong(`${path}.${at}.deviceId`)}
              onChange={(deviceId) => change(at, { deviceId })}
            />
          </div>
          <ul className={classes.channels}>
            {row.channels.map((channel, of) => (
              <li key={channel.key}>
                <TextField
                  label={sources('fields.channel')}
                  required
                  value={channel.channel}
                  wrong={wrong(`${path}.${at}.channels.${of}.channel`)}
                  onChange={(text) => changeChannel(at, of, { channel: text })}
                />
                <SelectField
                  label={sources('fields.variable')}
                  value={channel.variable}
                  options={[...new Set([channel.variable, ...variables])].map((value) => ({
                    ...{ value, label: kindName(value) },
                  }))}
                  onChange={(variable) => changeChannel(at, of, { variable })}
                />
                <TextField
                  label={sources('fields.unit')}
                  placeholder={sources('unitUsual')}
                  value={channel.unit}
                  wrong={wrong(`${path}.${at}.channels.${of}.unit`)}
                  onChange={(unit) => changeChannel(at, of, { unit })}
                />
                {channel.variable === 'TOTAL' ? (
                  <label className={classes.check}>
                    <input
                      type="checkbox"
                      checked={channel.isPulses}
                      onChange={() => changeChannel(at, of, { isPulses: !channel.isPulses })}
                    />
                    {sources('fields.isPulses')}
                  </label>
                ) : null}
                <Button
                  size="icon"
                  look="quiet"
                  aria-label={sources('dropChannel', { name: channel.channel })}
                  disabled={row.channels.length === 1}
                  icon={<IconX size={15} aria-hidden="true" />}
                  onClick={() => change(at, { channels: row.channels.filter((_, index) => index !== of) })}
                />
              </li>
            ))}
          </ul>
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => change(at, { channels: [...row.channels, newChannel(first)] })}
          >
            {sources('addChannel')}
          </Button>
          <Button
            size="icon"
            look="quiet"
            className={classes.drop}
            aria-label={t('drop', { name: row.deviceId })}
            icon={<IconX size={15} aria-hidden="true" />}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          />
        </fieldset>
      ))}
      <div className={classes.adds}>
        <Button
          size="small"
          icon={<IconPlus size={15} aria-hidden="true" />}
          disabled={providers.length === 0}
          onClick={add}
        >
          {sources('addDevice')}
        </Button>
        {providers.length === 0 ? <small>{t('noProviders')}</small> : null}
      </div>
    </div>
  );
}
