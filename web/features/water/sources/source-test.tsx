'use client';
import { IconCheck, IconMinus, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TestWaterSourceDocument, type TestWaterSourceMutation } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './sources.module.css';

type Tested = Extract<TestWaterSourceMutation['testProvider'], { __typename: 'ProviderTest' }>;

const steps = ['NAME', 'SIGN_IN', 'DEVICES', 'READING', 'UNITS', 'CLOCK'] as const;
const icons = { OK: IconCheck, FAILED: IconX, SKIPPED: IconMinus } as const;

/** Asks a provider one thing after the other, now, and tells what it answered to each. Nothing is stored. */
export function SourceTest({ id, isAllowed }: { readonly id: string; readonly isAllowed: boolean }) {
  const t = useTranslations('water.sources.test');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [tested, setTested] = useState<Tested | null>(null);
  const run = async () => {
    setTested(null);
    const done = await act(TestWaterSourceDocument, { id });
    if (done?.testProvider.__typename === 'ProviderTest') setTested(done.testProvider);
  };
  return (
    <section aria-label={t('title')} className={classes.test} aria-busy={isBusy}>
      <header>
        <h3>{t('title')}</h3>
        {isAllowed ? (
          <Button size="small" isBusy={isBusy} icon={<IconPlayerPlay size={14} aria-hidden="true" />} onClick={run}>
            {t(tested === null ? 'run' : 'again')}
          </Button>
        ) : null}
      </header>
      <p role="status" className={classes.verdict} data-well={tested?.isWell}>
        {isBusy ? t('running') : tested === null ? t('about') : t(tested.isWell ? 'well' : 'unwell')}
      </p>
      <ol className={classes.steps}>
        {steps.map((name) => {
          const step = tested?.steps.find((one) => one.step === name);
          const Icon = step === undefined ? null : icons[step.outcome];
          return (
            <li key={name} data-outcome={step?.outcome ?? (isBusy ? 'WAITING' : 'NONE')}>
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
                {step === undefined && tested !== null ? <small>{t('notReached')}</small> : null}
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
