'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Views } from '../../ui/views.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { QuickStart } from './quick-start.tsx';
import { WebhooksPanel } from './webhooks-panel.tsx';

const views = ['start', 'keys', 'webhooks', 'queries', 'rest', 'schema', 'changes'] as const;
export type DevelopersView = (typeof views)[number];

const loading = () => <SkeletonRows count={8} />;
const ExamplesPanel = dynamic(() => import('./examples-panel.tsx').then((module) => module.ExamplesPanel), { loading });
const RestPanel = dynamic(() => import('./rest-panel.tsx').then((module) => module.RestPanel), { loading });
const SchemaPanel = dynamic(() => import('./schema-panel.tsx').then((module) => module.SchemaPanel), { loading });
const ChangesPanel = dynamic(() => import('./changes-panel.tsx').then((module) => module.ChangesPanel), { loading });

/** All that somebody needs who connects a program: keys, webhooks, and what can be asked. */
export function DevelopersPage() {
  const t = useTranslations('developers');
  const [view, setView] = useQueryState('view', parseAsStringLiteral(views).withDefault('start'));
  const shown: Readonly<Record<DevelopersView, () => ReactNode>> = {
    start: () => <QuickStart onView={setView} />,
    keys: () => <KeysPanel />,
    webhooks: () => <WebhooksPanel />,
    queries: () => <ExamplesPanel />,
    rest: () => <RestPanel />,
    schema: () => <SchemaPanel />,
    changes: () => <ChangesPanel />,
  };
  return (
    <Page title={t('title')} subtitle={t('about')}>
      <Views
        name={t('views.name')}
        views={views.map((id) => ({ id, label: t(`views.${id}`) }))}
        view={view}
        onView={(next) => void setView(next)}
      />
      {shown[view]()}
    </Page>
  );
}
