'use client';
import { useTranslations } from 'next-intl';
import {
  ApproveLiveComplianceDocument,
  QuietComplianceDocument,
  RequestLiveComplianceDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useViewer } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Details } from '../../../ui/details.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { ComplianceRefusal } from '../compliance/compliance-refusal.tsx';
import { regulatorFields } from './registration-fields.ts';
import { registrationState, registrationTones, type WaterRegistration } from './registration-rows.ts';
import classes from './registrations.module.css';

/** One registration: how it stands and what may be done about it. Going live takes a second person. */
export function RegistrationSheet({
  row,
  isAllowed,
  onEdit,
  onClose,
}: {
  readonly row: WaterRegistration;
  readonly isAllowed: boolean;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.registrations');
  const format = useFormat();
  const me = useViewer();
  const { act, isBusy, refusal } = useAct();
  const { point, source, registration } = row;
  const { id, mode, liveRequestedBy, liveRequestedAt, liveApprovedBy, liveApprovedAt } = registration;
  const state = registrationState(row);
  const isRequested = mode === 'SHADOW' && liveRequestedAt !== null;
  const isOwn = liveRequestedBy?.id === me.id;
  const run = async (task: Promise<unknown>) => void (await task);
  const by = (person: { readonly name: string } | null, at: string) =>
    t('byAt', { by: person?.name ?? t('somebody'), at: format.instant(at) });
  const identifiers = new Map(Object.entries(Object(registration.identifiers)));
  return (
    <Sheet name={point.name} side="right" hasTitle onClose={onClose}>
      <div className={classes.sheet}>
        <div className={classes.acts}>
          <StateTag tone={registrationTones[state]}>{t(`states.${state}`)}</StateTag>
          <span className={classes.note}>{t(`modeHints.${mode}`)}</span>
        </div>
        {state === 'stopped' ? (
          <p className={classes.why} data-tone="fault">
            {t('stoppedWhy', { source, reason: registration.stoppedReason ?? '–' })} {t('stoppedNext')}
          </p>
        ) : null}
        {point.standard === null && mode !== 'OFF' ? (
          <p className={classes.why} data-tone="attention">
            {t('noStandardHint')} {isAllowed ? t('noStandardNext') : null}
          </p>
        ) : null}
        {!registration.hasCredentials && mode === 'SHADOW' ? (
          <p className={classes.why} data-tone="attention">
            {t('noSecret')}
          </p>
        ) : null}
        <Details
          rows={[
            [t('fields.source'), source],
            [t('fields.standard'), point.standard === null ? '–' : t(`standards.${point.standard}`)],
            ...regulatorFields[source].identifiers.map(
              (name) => [t(`fields.${name}`), String(identifiers.get(name) ?? '–')] as const,
            ),
            [t('secrets'), t(registration.hasCredentials ? 'secretsKept' : 'secretsMissing')],
            [t('fields.attempts'), format.number(registration.maximumAttempts)],
            [t('startsAt'), format.instant(registration.startsAt)],
            ...(liveRequestedAt === null ? [] : [[t('requested'), by(liveRequestedBy, liveRequestedAt)] as const]),
            ...(liveApprovedAt === null ? [] : [[t('approved'), by(liveApprovedBy, liveApprovedAt)] as const]),
          ]}
        />
        {!isAllowed ? null : (
          <div className={classes.acts}>
            <Button look={state === 'stopped' ? 'primary' : 'plain'} onClick={onEdit}>
              {t('edit')}
            </Button>
            {mode === 'SHADOW' && !isRequested && state !== 'stopped' ? (
              <ConfirmButton
                label={t('requestLive')}
                question={t('requestHint', { source })}
                isBusy={isBusy}
                onConfirm={() => run(act(RequestLiveComplianceDocument, { id }))}
              />
            ) : null}
            {isRequested && !isOwn ? (
              <ConfirmButton
                label={t('approveLive')}
                question={t('approveHint', { point: point.name, source })}
                isBusy={isBusy}
                onConfirm={() => run(act(ApproveLiveComplianceDocument, { id }))}
              />
            ) : null}
            {mode === 'SHADOW' ? null : (
              <ConfirmButton
                label={t('toShadow')}
                question={t('toShadowHint')}
                isBusy={isBusy}
                onConfirm={() => run(act(QuietComplianceDocument, { id, mode: 'SHADOW' }))}
              />
            )}
            {mode === 'OFF' ? null : (
              <ConfirmButton
                label={t('toOff')}
                question={t('toOffHint')}
                isBusy={isBusy}
                onConfirm={() => run(act(QuietComplianceDocument, { id, mode: 'OFF' }))}
              />
            )}
          </div>
        )}
        {isRequested && isOwn ? <p className={classes.note}>{t('otherPerson')}</p> : null}
        <ComplianceRefusal refusal={refusal} />
      </div>
    </Sheet>
  );
}
