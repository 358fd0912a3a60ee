'use client';
import { useTranslations } from 'next-intl';
import { type ForecastRunFactsFragment, StartForecastRunDocument } from '../../../graphql/generated/graphql.ts';
import { type Refusal, useAct } from '../../../graphql/use-act.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { ProgressLine } from '../imports/progress-line.tsx';
import classes from './forecasts.module.css';
import { paceOf } from './run-pace.ts';

/** The run that waits or works, with its pace; where there is none, how the last one ended and the way to another. */
export function RunNow({
  companyId,
  open,
  latest,
  onStarted,
}: {
  readonly companyId: string;
  readonly open: ForecastRunFactsFragment | null;
  readonly latest: ForecastRunFactsFragment | null;
  readonly onStarted: () => void;
}) {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  const can = useCan();
  const now = useNow();
  const { act, isBusy, refusal } = useAct();
  const start = async () => {
    if ((await act(StartForecastRunDocument, { companyId })) !== null) onStarted();
  };
  const words = ({ code }: Refusal) => (code === 'ALREADY_RUNNING' ? t('alreadyRunning') : undefined);
  const button = (
    <Button look="primary" size="small" isBusy={isBusy} disabled={open !== null} onClick={start}>
      {t('start')}
    </Button>
  );
  return (
    <Panel title={t('now')} {...(can('sync:trigger') ? { actions: button } : {})}>
      {open === null ? (
        <p className={classes.idle}>
          {latest === null
            ? t('never')
            : latest.status === 'FAILED'
              ? t('lastFailed', { at: format.instant(latest.completedAt ?? latest.createdAt) })
              : t('idle', { at: format.instant(latest.completedAt ?? latest.createdAt) })}{' '}
          {t('nightly')}
        </p>
      ) : (
        <Working run={open} nowMs={now ?? Date.now()} />
      )}
      <RefusalNote refusal={refusal} words={words} />
    </Panel>
  );
}

function Working({ run, nowMs }: { readonly run: ForecastRunFactsFragment; readonly nowMs: number }) {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  const { share, perSecond, leftMs } = paceOf(run, nowMs);
  const facts =
    run.status === 'PENDING'
      ? [t('waits')]
      : [
          run.places === null
            ? t('counting')
            : t('doneOf', { count: run.places, done: format.number(run.done), total: format.number(run.places) }),
          ...(perSecond === null ? [] : [t('pace', { rate: format.number(perSecond, { digits: 0 }) })]),
          ...(leftMs === null ? [] : [t('left', { time: format.duration(leftMs) })]),
        ];
  return (
    <div className={classes.working}>
      <ProgressLine label={t('progress')} share={run.status === 'PENDING' ? 0 : share} />
      <p role="status" className={classes.facts}>
        {facts.join(' · ')}
      </p>
    </div>
  );
}
