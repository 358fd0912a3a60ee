'use client';
import { useTranslations } from 'next-intl';
import {
  PauseWaterSourceDocument,
  ResumeWaterSourceDocument,
  type WaterSourceFragment,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { Details } from '../../../ui/details.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { shownAddress, sourceKind } from './source-kinds.ts';
import { SourceTest } from './source-test.tsx';
import { sourceTones } from './source-tones.ts';
import classes from './sources.module.css';

/** One provider: how it is, what it was last asked, its devices, and a test of it that stores nothing. */
export function SourceSheet({
  source,
  isAllowed,
  onEdit,
  onChanged,
  onClose,
}: {
  readonly source: WaterSourceFragment;
  readonly isAllowed: boolean;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.sources');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const preset = sourceKind(source.kind);
  const address =
    preset?.address === 'description' ? '' : shownAddress(source.connection, preset?.address ?? 'baseUrl');
  const turn = async () => {
    const variables = { id: source.id };
    const done = source.isActive
      ? await act(PauseWaterSourceDocument, variables)
      : await act(ResumeWaterSourceDocument, variables);
    if (done !== null) onChanged();
  };
  const at = (instant: string | null) => (instant === null ? '–' : format.instant(instant));
  return (
    <Sheet name={source.name} side="right" onClose={onClose} hasTitle>
      <div className={classes.sheet}>
        <p>
          <StateTag tone={sourceTones[source.state]}>{t(`states.${source.state}`)}</StateTag>{' '}
          <span className={classes.quiet}>{t(`stateHints.${source.state}`)}</span>
        </p>
        {source.lastError === null ? null : (
          <p className={classes.fault}>
            {t('lastError', { at: at(source.lastErrorAt) })}: {source.lastError}
          </p>
        )}
        <Details
          rows={[
            [t('kind'), t(`kinds.${source.kind}`)],
            ...(address === '' ? [] : [[t('fields.baseUrl'), address] as const]),
            [t('credentials'), t(source.hasCredentials ? 'kept' : 'notKept')],
            [t('lastConnected'), at(source.lastConnectedAt)],
            ...source.schedules.flatMap((schedule) => [
              [t('every'), format.duration(schedule.intervalSeconds * 1_000)] as const,
              [
                t('lastRun'),
                schedule.lastRunAt === null
                  ? '–'
                  : `${at(schedule.lastRunAt)} · ${t(`results.${schedule.lastResult ?? 'SKIPPED'}`)}`,
              ] as const,
              [t('nextRun'), source.isActive ? at(schedule.nextRunAt) : t('states.PAUSED')] as const,
              ...(schedule.failures === 0 ? [] : [[t('failures'), format.number(schedule.failures)] as const]),
            ]),
          ]}
        />
        {preset?.isPulled === true ? <SourceTest id={source.id} isAllowed={isAllowed} /> : null}
        <section aria-label={t('devices')}>
          <h3>{t('devices')}</h3>
          {source.devices.length === 0 ? <p className={classes.quiet}>{t('noDevices')}</p> : null}
          <ul className={classes.devices}>
            {source.devices.map((device) => (
              <li key={device.id}>
                <span>
                  <strong>{device.point?.name ?? device.deviceId}</strong>
                  <small>
                    {device.deviceId} ·{' '}
                    {device.channels.map(({ channel, variable }) => `${channel} → ${kindName(variable)}`).join(', ')}
                  </small>
                </span>
                <span className={classes.quiet}>
                  {device.lastSeenAt === null ? t('neverSeen') : at(device.lastSeenAt)}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <RefusalNote refusal={refusal} />
        {isAllowed ? (
          <div className={classes.actions}>
            <Button isBusy={isBusy} onClick={turn}>
              {t(source.isActive ? 'pause' : 'resume')}
            </Button>
            {preset === null ? null : (
              <Button look="primary" onClick={onEdit}>
                {t('edit')}
              </Button>
            )}
          </div>
        ) : null}
      </div>
    </Sheet>
  );
}
