'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import {
  DeleteWaterSchemaDocument,
  SaveWaterSchemaDocument,
  type WaterSchemaFragment,
  type WaterSchemasQuery,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { CheckList } from '../../../ui/form/check-list.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFields } from '../../../ui/form/use-fields.ts';
import { Panel } from '../../../ui/panel.tsx';
import type { NamedPoint } from '../place-choice.ts';
import { WaterRefusal } from '../water-refusal.tsx';
import { FieldRows } from './field-rows.tsx';
import { fittingPoint, type MeasuringPoint } from './fitting-point.ts';
import { QuantityRows } from './quantity-rows.tsx';
import { RuleRows } from './rule-rows.tsx';
import { draftOf, groupIntervals, isAskable, savedInput, schemaCharts, schemaTypes } from './schema-draft.ts';
import { SchemaPreview } from './schema-preview.tsx';
import classes from './schemas.module.css';
import { useSchemaCheck } from './use-schema-check.ts';

const reaches = ['all', 'some'] as const;

/** A schema, new or changed: each expression is checked as it is written, and tried on a point before it is kept. */
export function SchemaEditor({
  schema,
  companyId,
  points,
  language,
  isAllowed,
  onChanged,
  onClose,
}: {
  /** Null for a new one. */
  readonly schema: WaterSchemaFragment | null;
  readonly companyId: string;
  readonly points: readonly MeasuringPoint[];
  readonly language: WaterSchemasQuery['expressionLanguage'];
  /** Who may not change it sees it all the same. */
  readonly isAllowed: boolean;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.schemas');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [draft, set] = useFields(() => draftOf(schema));
  const [pointId, setPointId] = useState(() => fittingPoint(draft, points));
  const check = useSchemaCheck(draft, pointId === '' ? null : pointId);
  const { quantities, fields } = draft;
  const names = [...quantities, ...fields, ...language.constants].map(({ name }) => name).filter((name) => name !== '');
  const writing = { names, functions: language.functions.map(({ name }) => name), longest: language.longest, check };
  const leave = () => {
    onChanged();
    onClose();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if ((await act(SaveWaterSchemaDocument, { input: savedInput(draft, schema, companyId) })) !== null) leave();
  };
  const remove = async () => {
    if (schema !== null && (await act(DeleteWaterSchemaDocument, { id: schema.id })) !== null) leave();
  };
  const isReady = isAskable(draft) && draft.name.trim() !== '' && check.isRight;
  return (
    <form className={classes.editor} onSubmit={save} aria-busy={isBusy}>
      <Panel
        title={schema?.name ?? t('make')}
        aside={
          <Button size="small" onClick={onClose}>
            {t('back')}
          </Button>
        }
      >
        <fieldset disabled={!isAllowed} className={classes.head}>
          <TextField
            label={t('name')}
            value={draft.name}
            maxLength={120}
            required
            wrong={wrong('name')}
            onChange={(name) => set({ name })}
          />
          <SelectField
            label={t('type')}
            value={draft.type}
            options={schemaTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
            onChange={(type) => set({ type })}
          />
          <SelectField
            label={t('interval')}
            value={draft.interval}
            options={groupIntervals.map((value) => ({ value, label: t(`intervals.${value}`) }))}
            onChange={(interval) => set({ interval })}
          />
          <TextField
            label={t('tolerance')}
            hint={t('toleranceHint')}
            type="number"
            min={0}
            max={1440}
            value={draft.toleranceMinutes}
            wrong={wrong('toleranceMinutes') ?? check.wrong('toleranceMinutes')}
            onChange={(toleranceMinutes) => set({ toleranceMinutes })}
          />
          <SelectField
            label={t('chart')}
            value={draft.chart}
            options={schemaCharts.map((value) => ({ value, label: t(`charts.${value}`) }))}
            onChange={(chart) => set({ chart })}
          />
          <SelectField
            label={t('where')}
            value={draft.isForAllPoints ? 'all' : 'some'}
            options={reaches.map((value) => ({ value, label: t(`reaches.${value}`) }))}
            onChange={(reach) => set({ isForAllPoints: reach === 'all' })}
          />
          {draft.isForAllPoints ? null : (
            <CheckList
              legend={t('points')}
              columns="many"
              choices={withKept(points, schema).map(({ id, name }) => ({ value: id, label: name }))}
              chosen={draft.pointIds}
              onChange={(pointIds) => set({ pointIds })}
            />
          )}
        </fieldset>
      </Panel>
      <Panel title={t('quantities')}>
        <QuantityRows
          rows={quantities}
          check={check}
          isAllowed={isAllowed}
          onChange={(rows) => set({ quantities: rows })}
        />
      </Panel>
      <Panel title={t('calculated')}>
        <p className={classes.hint}>{t('language', { names: names.join(', ') })}</p>
        <FieldRows rows={fields} writing={writing} isAllowed={isAllowed} onChange={(rows) => set({ fields: rows })} />
      </Panel>
      <Panel title={t('rules')}>
        <RuleRows rows={draft.rules} writing={writing} isAllowed={isAllowed} onChange={(rules) => set({ rules })} />
      </Panel>
      <SchemaPreview draft={draft} check={check} points={points} pointId={pointId} onPoint={setPointId} />
      <WaterRefusal refusal={refusal} />
      {isAllowed ? (
        <div className={classes.end}>
          {schema === null ? null : (
            <ConfirmButton label={t('remove')} question={t('removeHint')} isBusy={isBusy} onConfirm={remove} />
          )}
          <Button type="submit" look="primary" isBusy={isBusy} disabled={!isReady}>
            {t('save')}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

/** Points of the site, and those of other sites that the schema is for already. */
function withKept(points: readonly NamedPoint[], schema: WaterSchemaFragment | null): readonly NamedPoint[] {
  const others = (schema?.points ?? []).filter(({ id }) => !points.some((point) => point.id === id));
  return [...points, ...others];
}
