'use client';
import { useTranslations } from 'next-intl';
import { CancelSyncDocument, type SyncRunFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ProgressLine } from '../imports/progress-line.tsx';
import { erpProblem } from './erp-problems.ts';
import { shareOf } from './runs.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

/** A run that works or waits: how far it is, how fast, how long it still takes; and its end. */
export function LiveRun({ run, onChanged }: { readonly run: SyncRunFragment; readonly onChanged: () => void }) {
  const t = useTranslations('inventory.erp');
  const kindName = useTranslations('inventory.sync.entities');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const share = shareOf(run);
  const cancel = async () => {
    if ((await act(CancelSyncDocument, { id: run.id })) !== null) onChanged();
  };
  const facts = run.status === 'PENDING' ? waiting() : working();
  function waiting(): readonly string[] {
    const problem = run.errorCode === null ? null : erpProblem(run.errorCode);
    return [
      run.nextAttemptAt === null || run.errorCode === null
        ? t('waits')
        : t('triedAgain', { at: format.clock(run.nextAttemptAt) }),
      ...(problem === null ? [] : [t(`problems.${problem}`)]),
    ];
  }
  function working(): readonly string[] {
    return [
      run.recordsExpected === null
        ? t('rows', { count: run.recordsProcessed, written: format.number(run.recordsProcessed) })
        : t('rowsOf', {
            ...{ done: format.number(run.recordsProcessed), total: run.recordsExpected },
            written: format.number(run.recordsExpected),
          }),
      ...(run.rowsPerSecond === null ? [] : [t('pace', { rate: format.number(run.rowsPerSecond, { digits: 0 }) })]),
      ...(run.secondsLeft === null ? [] : [t('left', { time: format.duration(run.secondsLeft * 1_000) })]),
    ];
  }
  const name = `${kindName(run.entity)} · ${t(`modes.${run.mode}`)}`;
  return (
    <li className={classes.run}>
      <span className={classes.name}>{name}</span>
      <ProgressLine label={name} share={run.status === 'PENDING' ? 0 : share} />
      <span className={classes.facts}>{facts.join(' · ')}</span>
      <Button size="small" isBusy={isBusy} aria-label={t('cancelRun', { name })} onClick={cancel}>
        {t('cancel')}
      </Button>
      <SyncRefusal refusal={refusal} />
    </li>
  );
}
