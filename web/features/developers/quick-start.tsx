'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useGraphContext } from '../../graphql/graph-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './developers.module.css';
import type { DevelopersView } from './developers-page.tsx';
import { useDeveloperDocs } from './use-developer-docs.ts';

/** From a key to a paged export and a verified webhook, step by step. */
export function QuickStart({ onView }: { readonly onView: (view: DevelopersView) => void }) {
  const t = useTranslations('developers.start');
  const { url } = useGraphContext();
  const docs = useDeveloperDocs();
  const origin = new URL(url).origin;
  const sample = (name: string) =>
    docs === null ? <SkeletonRows count={6} /> : <Sample name={name} text={docs.samples[name]} />;
  const go = (view: DevelopersView, label: string) => (
    <div>
      <Button size="small" onClick={() => onView(view)}>
        {label}
      </Button>
    </div>
  );
  const steps: readonly (readonly [id: StepId, content: ReactNode])[] = [
    ['key', go('keys', t('key.action'))],
    ['ask', <CodeBlock key="ask" title={t('terminal')} text={askText(url)} testId="ask" />],
    [
      'export',
      <div key="export" className={classes.stack}>
        {sample('export-products.ts')}
        <CodeBlock title={t('terminal')} text={exportText(url)} />
        <p className={classes.prose}>{t('export.file')}</p>
        <CodeBlock title={t('terminal')} text={fileText(origin)} />
      </div>,
    ],
    ['webhook', go('webhooks', t('webhook.action'))],
    [
      'receive',
      <div key="receive" className={classes.stack}>
        {sample('receive-webhook.ts')}
        <CodeBlock title={t('terminal')} text={receiveText} />
        <details className={classes.more}>
          <summary>{t('receive.python')}</summary>
          {sample('verify_webhook.py')}
        </details>
      </div>,
    ],
    ['verify', go('webhooks', t('verify.action'))],
    ['limits', <CodeBlock key="limits" title={t('headers')} text={limitsText} />],
  ];
  return (
    <Panel title={t('title')} aside={t('aside')}>
      <ol className={classes.steps}>
        {steps.map(([id, content]) => (
          <li key={id}>
            <h3>{t(`${id}.title`)}</h3>
            <p className={classes.prose}>{t(`${id}.text`)}</p>
            {content}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

type StepId = 'key' | 'ask' | 'export' | 'webhook' | 'receive' | 'verify' | 'limits';

function Sample({ name, text = '' }: { readonly name: string; readonly text: string | undefined }) {
  return <CodeBlock title={name} text={text} testId={name} />;
}

function askText(url: string): string {
  const body = JSON.stringify({ query: 'query FirstLook { products(first: 3) { edges { node { sku name unit } } } }' });
  return `export CAUCE_API_KEY=cauce_…\ncurl ${url} \\\n  -H "x-api-key: $CAUCE_API_KEY" \\\n  -H "content-type: application/json" \\\n  -d '${body}'`;
}

function exportText(url: string): string {
  return `export CAUCE_URL=${url}\nnode export-products.ts > products.csv`;
}

function fileText(origin: string): string {
  return `curl "${origin}/api/data/products?format=csv" -H "x-api-key: $CAUCE_API_KEY" -o products.csv`;
}

const receiveText = 'export CAUCE_WEBHOOK_SECRET=whsec_…\nnode receive-webhook.ts';

const limitsText = `RateLimit-Policy: "minute";q=60000;w=60, "day";q=2000000;w=86400
RateLimit: "minute";r=59985, "day";r=1999985

HTTP/1.1 429 Too Many Requests
Retry-After: 23`;
