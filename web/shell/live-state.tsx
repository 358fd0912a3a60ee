'use client';
import { useTranslations } from 'next-intl';
import { useGraphContext, useLiveSnapshot } from '../graphql/graph-provider.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import classes from './live-state.module.css';

/** Whether what is shown is live, in a word and a shape. Pressing it pauses the stream, or goes on with it. */
export function LiveStateButton() {
  const t = useTranslations('live');
  const { live } = useGraphContext();
  const { state } = useLiveSnapshot();
  if (state === 'idle') return null;
  const isPaused = state === 'paused';
  return (
    <button
      type="button"
      className={classes.state}
      aria-pressed={isPaused}
      title={isPaused ? t('resume') : t('pause')}
      onClick={() => live.setPaused(!isPaused)}
    >
      <LiveDot state={state} />
      <span aria-live="polite">{t(state)}</span>
    </button>
  );
}
