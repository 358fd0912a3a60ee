'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type PointFactsFragment,
  PointReprocessDocument,
  type PointRunFragment,
  PointRunFragmentDoc,
  ReprocessPointDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { TextField } from '../../../ui/form/field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { shiftDay } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import shared from './point.module.css';
import classes from './reprocess.module.css';
import { ReprocessRun } from './reprocess-run.tsx';

const pollMs = 700;

/** Makes the measurements of some days again from the raw readings: first as a trial that writes nothing. */
export function ReprocessPanel({
  point,
  today,
  runs,
  onDone,
}: {
  readonly point: PointFactsFragment;
  readonly today: string;
  readonly runs: readonly PointRunFragment[];
  readonly onDone: () => void;
}) {
  const t = useTranslations('water.point.reprocess');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [range, setRange] = useState({ from: shiftDay(today, -6), to: today });
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(runId);
  const isRunning = runId !== null && (run === null || run.status === 'WAITING' || run.status === 'RUNNING');
  const begin = async (isDryRun: boolean) => {
    const done = await act(ReprocessPointDocument, { input: { pointId: point.id, range, isDryRun } });
    if (done?.reprocess.__typename === 'ReprocessRun') setRunId(done.reprocess.id);
  };
  const isApplied = run?.status === 'DONE' && !run.isDryRun;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run that has written
  useEffect(() => {
    if (isApplied) onDone();
  }, [isApplied]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void begin(true);
  };
  const changed = run?.changes.reduce((sum, change) => sum + change.changed, 0) ?? 0;
  const older = runs.filter(({ id, isDryRun }) => id !== runId && !isDryRun).slice(0, 4);
  return (
    <div className={classes.wide}>
      <Panel title={t('title')}>
        <p className={classes.lead}>{t('about')}</p>
        <form className={classes.period} onSubmit={submit} aria-busy={isRunning}>
          <TextField
            label={t('from')}
            type="date"
            required
            max={range.to}
            value={range.from}
            wrong={wrong('range.from') ?? wrong('range')}
            onChange={(from) => setRange({ ...range, from })}
          />
          <TextField
            label={t('to')}
            type="date"
            required
            min={range.from}
            max={today}
            value={range.to}
            wrong={wrong('range.to')}
            onChange={(to) => setRange({ ...range, to })}
          />
          <Button type="submit" look="primary" isBusy={isBusy || isRunning}>
            {t('try')}
          </Button>
        </form>
        <RefusalNote refusal={refusal} />
        <div aria-live="polite" className={classes.result}>
          {runId === null ? null : isRunning ? (
            <p className={shared.quiet}>{t('running')}</p>
          ) : run === null || run.status === 'FAILED' ? (
            <p>{t('failed')}</p>
          ) : (
            <>
              <p>
                <strong>
                  {t(run.isDryRun ? 'wouldChange' : 'didChange', { count: changed, number: format.number(changed) })}
                </strong>
              </p>
              <ReprocessRun run={run} />
              {run.isDryRun && changed > 0 ? (
                <ConfirmButton
                  label={t('apply')}
                  question={t('applyQuestion', { count: changed, number: format.number(changed) })}
                  isBusy={isBusy}
                  onConfirm={() => begin(false)}
                />
              ) : null}
            </>
          )}
        </div>
        {older.length === 0 ? null : (
          <ul className={shared.rules} aria-label={t('before')}>
            {older.map((one) => (
              <li key={one.id}>
                <span>
                  {t(`causes.${one.cause}`)}
                  <small>{`${format.instant(one.from)} – ${format.instant(one.to)}`}</small>
                </span>
                <span className={shared.quiet}>
                  {t(`statuses.${one.status}`)} · {format.instant(one.createdAt)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

/** A run as it is now; asked for again until it is over. */
function useRun(id: string | null): PointRunFragment | null {
  const { data, retry } = useGraph(
    PointReprocessDocument,
    useMemo(() => ({ id: id ?? '' }), [id]),
    { pause: id === null },
  );
  const run = readFragment(PointRunFragmentDoc, data?.reprocessRun) ?? null;
  const isOver = id === null || (run?.id === id && (run.status === 'DONE' || run.status === 'FAILED'));
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(retry, pollMs);
    return () => clearInterval(timer);
  }, [isOver, retry]);
  return run?.id === id ? run : null;
}
