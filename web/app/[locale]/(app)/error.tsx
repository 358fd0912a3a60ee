'use client';
import { useTranslations } from 'next-intl';
import { ErrorState } from '../../../ui/error-state.tsx';

/** A page that broke: the rest of the app stays. */
export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  const t = useTranslations('pages');
  return (
    <ErrorState
      failure={{ code: 'INTERNAL', requestId: error.digest ?? null, path: '' }}
      what={t('thisPage')}
      onRetry={reset}
    />
  );
}
