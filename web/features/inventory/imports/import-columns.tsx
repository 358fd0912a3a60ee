'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  type ImportDetailFragment,
  type ImportField,
  ReadSpreadsheetAgainDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/form/field.tsx';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './imports.module.css';

const fields: readonly ImportField[] = [
  ...(['sku', 'name', 'quantity', 'minimum', 'maximum', 'location', 'price', 'cost', 'category'] as const),
  ...(['unit', 'warehouse', 'date', 'folio', 'netTotal', 'customer', 'documentType', 'status'] as const),
];

/** What each column means, to be corrected; the company's next file with these headings is read the same way. */
export function ImportColumns({ detail, isOpen }: { readonly detail: ImportDetailFragment; readonly isOpen: boolean }) {
  const t = useTranslations('inventory.imports');
  const { act, isBusy, refusal } = useAct();
  const [chosen, setChosen] = useState<Readonly<Record<string, ImportField | ''>>>(() =>
    Object.fromEntries(detail.headings.map(({ letter, field }) => [letter, field ?? ''])),
  );
  const isChanged = detail.headings.some(({ letter, field }) => chosen[letter] !== (field ?? ''));
  const options = [
    { value: '' as const, label: t('columns.none') },
    ...fields.map((value) => ({ value, label: t(`fields.${value}`) })),
  ];
  const read = () =>
    act(ReadSpreadsheetAgainDocument, {
      importId: detail.id,
      columns: Object.entries(chosen).map(([letter, field]) => ({ letter, field: field === '' ? null : field })),
      siteId: null,
    });
  const known = detail.headings.filter(({ field }) => field !== null).length;
  return (
    <details className={classes.columns} open={isOpen}>
      <summary>{t('columns.title', { known, total: detail.headings.length })}</summary>
      <p className={classes.columnsHint}>{t('columns.hint')}</p>
      <div className={classes.columnGrid}>
        {detail.headings.map(({ letter, heading, samples }) => (
          <SelectField
            key={letter}
            label={`${letter} · ${heading}`}
            hint={samples.join(' · ') || t('columns.empty')}
            value={chosen[letter] ?? ''}
            options={options}
            onChange={(field) => setChosen((all) => ({ ...all, [letter]: field }))}
          />
        ))}
      </div>
      <RefusalNote
        refusal={refusal}
        words={({ code: refused, fields: wrong }) =>
          wrong.length === 0
            ? refused === 'NOT_READABLE_AGAIN'
              ? t('actions.refused.NOT_READABLE_AGAIN')
              : undefined
            : [...new Set(wrong.map(({ code }) => code))]
                .map((code) => t(`columns.wrong.${code === 'TWICE' || code === 'NO_CODE' ? code : 'NO_QUANTITY'}`))
                .join(' ')
        }
      />
      <Button disabled={!isChanged} isBusy={isBusy} onClick={() => void read()}>
        {t('columns.read')}
      </Button>
    </details>
  );
}
