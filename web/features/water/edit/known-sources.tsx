'use client';
import { IconAdjustments } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { EditedPointFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { byUsualOrder } from '../point/kinds.ts';
import classes from './edit.module.css';

/** What the point measures already. Its constants are dated facts: they are changed by recording others. */
export function KnownVariables({
  variables,
  onConstants,
}: {
  readonly variables: EditedPointFragment['variables'];
  readonly onConstants: () => void;
}) {
  const t = useTranslations('water.edit.variables');
  const words = useTranslations('water.point.constants');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const decimal = (value: string) => {
    const text = value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
    return format.number(text, { digits: text.split('.')[1]?.length ?? 0 });
  };
  return (
    <>
      <p className={classes.lead}>{t('knownHint')}</p>
      <ul className={classes.list}>
        {byUsualOrder(variables, ({ variable }) => variable).map((row) => (
          <li key={row.variable}>
            <span>
              <strong>{kindName(row.variable)}</strong>
              <small>
                {[
                  row.pulsesPerLiter === null ? null : words('pulsesPerLiter', { value: decimal(row.pulsesPerLiter) }),
                  row.litersPerPulse === null ? null : words('litersPerPulse', { value: decimal(row.litersPerPulse) }),
                  words('factor', { value: decimal(row.calibrationFactor) }),
                ]
                  .filter((fact) => fact !== null)
                  .join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.adds}>
        <Button size="small" icon={<IconAdjustments size={15} aria-hidden="true" />} onClick={onConstants}>
          {words('add')}
        </Button>
      </div>
    </>
  );
}

/** The devices that speak for the point, and whether each is heard. */
export function KnownDevices({
  code,
  devices,
  silenced,
  onToggle,
}: {
  readonly code: string;
  readonly devices: EditedPointFragment['devices'];
  /** Those whose state the form changes. */
  readonly silenced: ReadonlyMap<string, boolean>;
  readonly onToggle: (id: string, isActive: boolean) => void;
}) {
  const t = useTranslations('water.edit.devices');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  return (
    <ul className={classes.list}>
      {devices.map(({ id, deviceId, provider, channels, isActive, lastSeenAt }) => {
        const isHeard = silenced.get(id) ?? isActive;
        const name = provider === null ? t('own') : `${provider.name} · ${deviceId}`;
        return (
          <li key={id}>
            <span>
              <strong>{name}</strong>
              <small>
                {[
                  provider === null ? t('topic', { topic: `cauce/${code}/up` }) : null,
                  channels.map(({ channel, variable }) => `${channel} → ${kindName(variable)}`).join(', '),
                  lastSeenAt === null ? null : t('seen', { at: format.instant(lastSeenAt) }),
                ]
                  .filter((fact) => fact !== null && fact !== '')
                  .join(' · ')}
              </small>
            </span>
            <label className={classes.check}>
              <input
                type="checkbox"
                aria-label={t('heardOf', { name })}
                checked={isHeard}
                onChange={() => onToggle(id, !isHeard)}
              />
              {t('heard')}
            </label>
          </li>
        );
      })}
    </ul>
  );
}
