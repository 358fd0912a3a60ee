'use client';
import { IconCheck, IconMinus, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './sources.module.css';
import { useSourceTest } from './use-source-test.ts';

const steps = ['NAME', 'SIGN_IN', 'DEVICES', 'READING', 'UNITS', 'CLOCK'] as const;
const icons = { OK: IconCheck, FAILED: IconX, SKIPPED: IconMinus } as const;

/** Asks a provider one thing after the other, now, and shows each answer as it comes. Nothing is stored. */
export function SourceTest({ id, isAllowed }: { readonly id: string; readonly isAllowed: boolean }) {
  const t = useTranslations('water.sources.test');
  const format = useFormat();
  const { state, tested, refusal, run, cancel } = useSourceTest(id);
  const isBusy = state === 'running';
  const asked = isBusy ? steps[tested?.steps.length ?? 0] : undefined;
  const verdict =
    state === 'running'
      ? t('running')
      : state === 'cancelled'
        ? t('cancelled')
        : tested?.isWell == null
          ? t('about')
          : t(tested.isWell ? 'well' : 'unwell');
  return (
    <section aria-label={t('title')} className={classes.test} aria-busy={isBusy}>
      <header>
        <h3>{t('title')}</h3>
        {!isAllowed ? null : isBusy ? (
          <Button size="small" icon={<IconPlayerStop size={14} aria-hidden="true" />} onClick={cancel}>
            {t('cancel')}
          </Button>
        ) : (
          <Button size="small" icon={<IconPlayerPlay size={14} aria-hidden="true" />} onClick={run}>
            {t(state === 'new' ? 'run' : 'again')}
          </Button>
        )}
      </header>
      <p role="status" className={classes.verdict} data-well={isBusy ? undefined : (tested?.isWell ?? undefined)}>
        {verdict}
      </p>
      <ol className={classes.steps}>
        {steps.map((name) => {
          const step = tested?.steps.find((one) => one.step === name);
          const Icon = step === undefined ? null : icons[step.outcome];
          return (
            <li key={name} data-outcome={step?.outcome ?? (asked === name ? 'WAITING' : 'NONE')}>
              <span className={classes.outcome} aria-hidden="true">
                {Icon === null ? null : <Icon size={13} stroke={2.4} />}
              </span>
              <span>
                <strong>{t(`steps.${name}`)}</strong>
                {step === undefined ? null : (
                  <small>
                    {t(`outcomes.${step.outcome}`)} · {step.message}
                  </small>
                )}
                {asked === name ? <small>{t('asking')}</small> : null}
                {step === undefined && tested?.isDone === true ? <small>{t('notReached')}</small> : null}
              </span>
              {step === undefined ? null : (
                <span className={classes.quiet}>{format.quantity(step.durationMs, 'ms')}</span>
              )}
            </li>
          );
        })}
      </ol>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
