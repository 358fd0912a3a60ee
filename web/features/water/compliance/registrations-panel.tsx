'use client';
import { useTranslations } from 'next-intl';
import {
  ApproveLiveComplianceDocument,
  type ComplianceRegistrationRowFragment,
  QuietComplianceDocument,
  RequestLiveComplianceDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useCan, useViewer } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StateTag, type StateTone } from '../../../ui/state-tag.tsx';
import classes from './compliance.module.css';
import { ComplianceRefusal } from './compliance-refusal.tsx';

export interface RegisteredPoint {
  readonly name: string;
  readonly registration: ComplianceRegistrationRowFragment;
}

const tones: Readonly<Record<ComplianceRegistrationRowFragment['mode'], StateTone>> = {
  LIVE: 'ok',
  SHADOW: 'brand',
  OFF: 'neutral',
};

/** What each point is at its regulator: live, in the shadow or off. Going live takes a second person. */
export function RegistrationsPanel({
  points,
  onChanged,
}: {
  readonly points: readonly RegisteredPoint[];
  readonly onChanged: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  return (
    <Panel title={t('registrations')}>
      <ul className={classes.registrations}>
        {points.map((point) => (
          <Registration key={point.registration.id} {...point} onChanged={onChanged} />
        ))}
      </ul>
    </Panel>
  );
}

function Registration({ name, registration, onChanged }: RegisteredPoint & { readonly onChanged: () => void }) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const isAllowed = useCan()('compliance:submit');
  const me = useViewer();
  const { act, isBusy, refusal } = useAct();
  const { id, mode, stoppedReason, liveRequestedBy, liveRequestedAt, liveApprovedBy, liveApprovedAt } = registration;
  const isStopped = registration.stoppedAt !== null;
  const isRequested = mode !== 'LIVE' && liveRequestedAt !== null;
  const isOwn = liveRequestedBy?.id === me.id;
  const run = async (task: Promise<unknown>) => {
    if ((await task) !== null) onChanged();
  };
  const facts = [
    isStopped ? stoppedReason : null,
    liveRequestedAt === null
      ? null
      : t('requested', { by: liveRequestedBy?.name ?? t('somebody'), at: format.day(liveRequestedAt.slice(0, 10)) }),
    mode === 'LIVE' && liveApprovedAt !== null
      ? t('approved', { by: liveApprovedBy?.name ?? t('somebody'), at: format.day(liveApprovedAt.slice(0, 10)) })
      : null,
  ].filter((fact) => fact !== null);
  return (
    <li>
      <span className={classes.slotHead}>
        <strong>
          {name} <span className={classes.note}>{registration.sourceCode}</span>
        </strong>
        <StateTag tone={isStopped ? 'fault' : tones[mode]}>{isStopped ? t('stopped') : t(`modes.${mode}`)}</StateTag>
      </span>
      <span className={classes.note}>{facts.join(' · ')}</span>
      {!isAllowed ? null : (
        <div className={classes.acts}>
          {mode === 'LIVE' || isRequested ? null : (
            <Button size="small" isBusy={isBusy} onClick={() => void run(act(RequestLiveComplianceDocument, { id }))}>
              {t('requestLive')}
            </Button>
          )}
          {isRequested && !isOwn ? (
            <ConfirmButton
              label={t('approveLive')}
              question={t('approveHint', { point: name, regulator: registration.sourceCode })}
              isBusy={isBusy}
              onConfirm={() => run(act(ApproveLiveComplianceDocument, { id }))}
            />
          ) : null}
          {isRequested && isOwn ? <span className={classes.note}>{t('otherPerson')}</span> : null}
          {mode === 'LIVE' ? (
            <ConfirmButton
              label={t('toShadow')}
              question={t('toShadowHint')}
              isBusy={isBusy}
              onConfirm={() => run(act(QuietComplianceDocument, { id, mode: 'SHADOW' }))}
            />
          ) : null}
        </div>
      )}
      <ComplianceRefusal refusal={refusal} />
    </li>
  );
}
