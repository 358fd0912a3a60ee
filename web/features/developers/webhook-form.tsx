'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CreateWebhookDocument, type WebhooksQuery } from '../../graphql/generated/graphql.ts';
import { useCan, useViewer } from '../../shell/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';
import { useAct } from './use-act.ts';
import { WordedKey } from './worded-key.tsx';

/** Makes a webhook: where to, of which company, and what it is told of. */
export function WebhookForm({
  topics,
  onMade,
  onClose,
}: {
  readonly topics: WebhooksQuery['webhookTopics'];
  readonly onMade: (secret: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('developers.webhookForm');
  const { companies } = useViewer();
  const can = useCan();
  const { act, isBusy, refusal } = useAct();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [companyId, setCompanyId] = useState(companies[0]?.id ?? '');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const about = description === '' ? {} : { description };
    const done = await act(CreateWebhookDocument, { input: { companyId, url, topics: [...chosen], ...about } });
    if (done?.createWebhook.__typename === 'CreatedWebhook') onMade(done.createWebhook.secret);
  };
  return (
    <Sheet name={t('title')} side="right" onClose={onClose} hasTitle>
      <form className={classes.form} onSubmit={submit} aria-busy={isBusy}>
        <label className={classes.field}>
          {t('url')}
          <input
            type="url"
            value={url}
            required
            placeholder="https://"
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <span className={classes.hint}>{t('urlHint')}</span>
        </label>
        <label className={classes.field}>
          {t('description')}
          <input value={description} maxLength={500} onChange={(event) => setDescription(event.currentTarget.value)} />
        </label>
        {companies.length < 2 ? null : (
          <label className={classes.field}>
            {t('company')}
            <select value={companyId} onChange={(event) => setCompanyId(event.currentTarget.value)}>
              {companies.map((company) => (
                <option key={company.id} value={company.id}>
                  {company.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <fieldset className={classes.topics}>
          <legend>{t('topics')}</legend>
          {topics
            .filter(({ permission }) => can(permission))
            .map(({ name, description: when }) => (
              <label key={name}>
                <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
                <span>
                  <code>{name}</code>
                  <span className={classes.hint}>
                    <WordedKey of="topics" name={name} otherwise={when} />
                  </span>
                </span>
              </label>
            ))}
        </fieldset>
        <RefusalNote refusal={refusal} />
        <div className={classes.formEnd}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={chosen.length === 0}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
