'use client';
import { useTranslations } from 'next-intl';
import type { CounterStoryFragment } from '../../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import type { DayRange } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import classes from './counter-story.module.css';
import { useCounterWords } from './counter-words.ts';
import shared from './point.module.css';

/** How the cubic metres of a period came to be, in words: what the counter says, and every reading that is not plain. */
export function CounterStory({
  story,
  range,
  answer,
}: {
  readonly story: CounterStoryFragment | null;
  readonly range: DayRange;
  readonly answer: Pick<GraphAnswer<unknown>, 'isLoading' | 'failed' | 'retry'>;
}) {
  const t = useTranslations('water.point.story');
  const format = useFormat();
  const words = useCounterWords();
  const m3 = (value: number | string | null) => format.quantity(value, 'm³', { digits: 1 });
  const odd = story?.parts.filter(({ kind }) => kind !== 'NORMAL') ?? [];
  return (
    <Panel title={t('title')} aside={format.range(range)}>
      {answer.isLoading ? (
        <SkeletonRows count={3} />
      ) : answer.failed !== null ? (
        <ErrorState failure={answer.failed} what={t('title')} onRetry={answer.retry} />
      ) : story === null ? (
        <EmptyState title={t('nothing.title')} hint={t('nothing.hint')} />
      ) : (
        <div className={classes.story}>
          <div className={classes.sum}>
            <span className={classes.volume}>{m3(story.volumeM3)}</span>
            <p>{t(odd.length === 0 ? 'plain' : 'mixed', { opens: m3(story.opensM3), closes: m3(story.closesM3) })}</p>
          </div>
          <table className={shared.parts}>
            <caption className={shared.hidden}>{t('parts')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('readings')}</th>
                <th scope="col">{t('volume')}</th>
              </tr>
            </thead>
            <tbody>
              {story.parts.map(({ kind, readings, volumeM3 }) => (
                <tr key={kind}>
                  <th scope="row">{words.name(kind)}</th>
                  <td>{format.number(readings)}</td>
                  <td>{m3(volumeM3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {story.steps.length === 0 ? null : (
            <ol className={classes.steps} aria-label={t('steps')}>
              {story.steps.slice(0, 12).map((step) => (
                <li key={`${step.kind} ${step.at}`}>
                  <time dateTime={step.at}>{format.instant(step.at)}</time>
                  <span>{words.sentence(step)}</span>
                </li>
              ))}
              {story.steps.length > 12 ? (
                <li className={shared.quiet}>{t('more', { count: story.steps.length - 12 })}</li>
              ) : null}
            </ol>
          )}
        </div>
      )}
    </Panel>
  );
}
