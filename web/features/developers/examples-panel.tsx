'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useGraphContext } from '../../graphql/graph-provider.tsx';
import { useCan } from '../../shell/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel, PanelGrid } from '../../ui/panel.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './developers.module.css';
import { examples } from './examples.ts';

interface Answer {
  readonly text: string;
  readonly status: number;
  readonly tookMs: number;
}

/** Queries that run here, with the rights of who is looking, and the same for a terminal. */
export function ExamplesPanel() {
  const t = useTranslations('developers.queries');
  const format = useFormat();
  const can = useCan();
  const { url, session } = useGraphContext();
  const offered = examples.filter(({ permission }) => permission === null || can(permission));
  const [chosen, setChosen] = useState<(typeof examples)[number]['id']>('sites');
  const [query, setQuery] = useState<string>(examples[0].query);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choose = (id: typeof chosen) => {
    setChosen(id);
    setQuery(offered.find((one) => one.id === id)?.query ?? '');
    setAnswer(null);
  };
  const run = async () => {
    setBusy(true);
    setAnswer(await ask(url, await session.token(), query));
    setBusy(false);
  };
  return (
    <PanelGrid>
      <Panel
        title={t('title')}
        aside={
          <Button look="primary" size="small" isBusy={isBusy} onClick={run}>
            {t('run')}
          </Button>
        }
      >
        <nav className={classes.pills} aria-label={t('examples')}>
          {offered.map(({ id }) => (
            <button key={id} type="button" aria-pressed={id === chosen} onClick={() => choose(id)}>
              {t(`names.${id}`)}
            </button>
          ))}
        </nav>
        <textarea
          className={classes.editor}
          aria-label={t('query')}
          spellCheck={false}
          rows={11}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <CodeBlock title={t('terminal')} text={curlFor(url, query)} />
      </Panel>
      <Panel
        title={t('answer')}
        aside={answer === null ? null : t('took', { status: answer.status, ms: format.number(answer.tookMs) })}
      >
        {answer === null ? (
          <p className={classes.hint}>{t('hint')}</p>
        ) : (
          <CodeBlock title="JSON" text={answer.text} testId="answer" />
        )}
      </Panel>
    </PanelGrid>
  );
}

async function ask(url: string, token: string | null, query: string): Promise<Answer> {
  const startedMs = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query }),
    });
    const text = JSON.stringify(await response.json(), null, 2);
    return { text, status: response.status, tookMs: Math.round(performance.now() - startedMs) };
  } catch (error) {
    return { text: String(error), status: 0, tookMs: Math.round(performance.now() - startedMs) };
  }
}

function curlFor(url: string, query: string): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, ' ').trim() }).replaceAll("'", "'\\''");
  return `curl ${url} -H "x-api-key: $CAUCE_API_KEY" -H "content-type: application/json" \\\n  -d '${body}'`;
}
