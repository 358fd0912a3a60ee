'use client';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  RetryWaterLettersDocument,
  WaterLetterFragmentDoc,
  WaterLettersDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect } from '../../../ui/filters.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import water from '../water.module.css';
import { Letter, reasons } from './letter.tsx';

const states = ['open', 'resolved'] as const;
const pageSize = 50;
/** The most that the graph gives, and reads again, at once. */
const mostAtOnce = 200;
const mostRetried = 100;
/** Of those on which more came than is kept. */
const daysShown = 3;

/** What devices said and could not be kept, with the reason; who may, has it read again. */
export function LettersPanel() {
  const t = useTranslations('water.letters');
  const format = useFormat();
  const isAllowed = useCan()('telemetry:write');
  const { act, isBusy, refusal } = useAct();
  const [state, setState] = useQueryState('letters', parseAsStringLiteral(states).withDefault('open'));
  const [reason, setReason] = useQueryState('reason', parseAsStringLiteral(reasons));
  const [first, setFirst] = useState(pageSize);
  const [result, setResult] = useState<{ readonly stored: number; readonly left: number } | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    WaterLettersDocument,
    useMemo(
      () => ({
        filter: { isResolved: state === 'resolved', ...(reason === null ? {} : { reasons: [reason] }) },
        first,
      }),
      [state, reason, first],
    ),
  );
  const letters = data?.deadLetters.edges.map(({ node }) => readFragment(WaterLetterFragmentDoc, node)) ?? [];
  const dropped = data?.droppedDeadLetters.slice(0, daysShown) ?? [];
  const readable = letters.filter(({ origin, resolvedAt }) => origin === 'mqtt' && resolvedAt === null);
  const again = async (ids: readonly string[]) => {
    const done = await act(RetryWaterLettersDocument, { ids: [...ids] });
    if (done?.retryDeadLetters.__typename !== 'RetriedDeadLetters') return;
    const stored = done.retryDeadLetters.letters.filter(({ resolvedAt }) => resolvedAt !== null).length;
    setResult({ stored, left: done.retryDeadLetters.letters.length - stored });
    retry();
  };
  const hasMore = data?.deadLetters.pageInfo.hasNextPage === true && first < mostAtOnce;
  return (
    <Panel
      title={t('title')}
      aside={
        <FilterSelect
          label={t('reason')}
          all={t('allReasons')}
          value={reason}
          options={reasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          onChange={(value) => void setReason(value)}
        />
      }
      actions={
        <Button size="icon" look="quiet" aria-label={t('refresh')} title={t('refresh')} onClick={retry}>
          <IconRefresh size={15} aria-hidden="true" />
        </Button>
      }
    >
      <div className={water.alertHead}>
        <fieldset className={`${water.variables} ${water.filter}`} aria-label={t('filter')}>
          {states.map((one) => (
            <button key={one} type="button" aria-pressed={one === state} onClick={() => void setState(one)}>
              {t(`states.${one}`)}
            </button>
          ))}
        </fieldset>
        {isAllowed && readable.length > 1 ? (
          <Button
            size="small"
            isBusy={isBusy}
            onClick={() => again(readable.slice(0, mostRetried).map(({ id }) => id))}
          >
            {t('retryAll', { count: Math.min(mostRetried, readable.length) })}
          </Button>
        ) : null}
      </div>
      <p role="status" className={water.muted}>
        {result === null ? null : t('result', result)}
      </p>
      <RefusalNote refusal={refusal} />
      {dropped.map(({ day, kept, dropped: count }) => (
        <p key={`${day} ${kept} ${count}`} className={water.muted}>
          {t('dropped', { day: format.day(day), kept, count })}
        </p>
      ))}
      {isLoading ? (
        <SkeletonRows count={5} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : letters.length === 0 ? (
        <EmptyState title={t(`empty.${state}`)} hint={t('empty.hint')} />
      ) : (
        <div className={water.log}>
          {letters.map((letter) => (
            <Letter
              key={letter.id}
              letter={letter}
              isBusy={isBusy}
              {...(isAllowed ? { onRetry: () => void again([letter.id]) } : {})}
            />
          ))}
        </div>
      )}
      {hasMore ? <Button onClick={() => setFirst(Math.min(mostAtOnce, first * 2))}>{t('more')}</Button> : null}
    </Panel>
  );
}
