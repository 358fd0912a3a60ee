'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CreateWebhookDocument, type WebhooksQuery } from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { useCan, useViewer } from '../../shell/viewer.tsx';
import { CheckList } from '../../ui/form/check-list.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { FormSheet } from '../../ui/form/form-sheet.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';
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
  const submit = async () => {
    const about = description === '' ? {} : { description };
    const done = await act(CreateWebhookDocument, { input: { companyId, url, topics: [...chosen], ...about } });
    if (done?.createWebhook.__typename === 'CreatedWebhook') onMade(done.createWebhook.secret);
  };
  return (
    <FormSheet
      title={t('title')}
      submitLabel={t('submit')}
      isBusy={isBusy}
      canSubmit={chosen.length > 0}
      refusal={<RefusalNote refusal={refusal} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        type="url"
        value={url}
        required
        placeholder="https://"
        onChange={setUrl}
      />
      <TextField label={t('description')} value={description} maxLength={500} onChange={setDescription} />
      {companies.length < 2 ? null : (
        <SelectField
          label={t('company')}
          value={companyId}
          options={companies.map((company) => ({ value: company.id, label: company.name }))}
          onChange={setCompanyId}
        />
      )}
      <CheckList
        legend={t('topics')}
        chosen={chosen}
        onChange={setChosen}
        choices={topics
          .filter(({ permission }) => can(permission))
          .map(({ name, description: when }) => ({
            value: name,
            label: (
              <>
                <code>{name}</code>
                <span className={classes.hint}>
                  <WordedKey of="topics" name={name} otherwise={when} />
                </span>
              </>
            ),
          }))}
      />
    </FormSheet>
  );
}
