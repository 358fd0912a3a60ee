'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { MeDocument } from '../graphql/generated/graphql.ts';
import { useGraphContext, useSessionStatus } from '../graphql/graph-provider.tsx';
import { useGraph } from '../graphql/use-graph.ts';
import { usePathname, useRouter } from '../i18n/navigation.ts';
import { keepAsking } from '../session/keep-asking.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LazyNewPassword } from './lazy-new-password.tsx';
import { warmPage } from './lazy-pages.tsx';
import { Shell } from './shell.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';
import { ViewerProvider } from './viewer.tsx';

const noVariables = {};

/** Shows the app to who is signed in, the sign-in page to who is not, and the truth when nobody can tell. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('pages');
  const status = useSessionStatus();
  const { session } = useGraphContext();
  const router = useRouter();
  const path = usePathname();
  const { data, failed, retry } = useGraph(MeDocument, noVariables, { pause: status !== 'active' });
  useEffect(() => warmPage(path), [path]);
  useEffect(() => {
    if (status !== 'unreachable') return;
    return keepAsking(() => void session.refresh(), window);
  }, [status, session]);
  const isOut = status === 'ended' || (data !== undefined && data.me === null);
  useEffect(() => {
    if (isOut) router.replace({ pathname: '/sign-in', query: { next: `${path}${window.location.search}` } });
  }, [isOut, router, path]);

  if (data?.me !== undefined && data.me !== null && status !== 'ended') {
    // Nothing else is open to who has a password that somebody else knows.
    if (data.me.mustChangePassword) return <LazyNewPassword email={data.me.email} />;
    return (
      <ViewerProvider me={data.me}>
        <Shell>{children}</Shell>
      </ViewerProvider>
    );
  }
  if (status === 'unreachable') {
    const failure = { code: 'NETWORK', requestId: null, path: '' };
    return <ErrorState failure={failure} what={t('app')} onRetry={() => void session.refresh()} />;
  }
  if (failed !== null) return <ErrorState failure={failed} what={t('app')} onRetry={retry} />;
  return <ShellSkeleton />;
}
