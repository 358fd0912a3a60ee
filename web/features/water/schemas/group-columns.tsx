'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { SeriesAggregate, VariableKind, WaterGroupFragment } from '../../../graphql/generated/graphql.ts';
import { writeUnit } from '../../../ui/format/units.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { kindDigits } from '../point/kinds.ts';
import classes from './schemas.module.css';

type Cell = WaterGroupFragment['values'][number];

/** What a table of groups needs to know of a schema. */
export interface ShownSchema {
  readonly shown: readonly string[];
  readonly interval: string;
  readonly quantities: readonly {
    readonly name: string;
    readonly variable: VariableKind;
    readonly aggregate: SeriesAggregate;
    readonly unit?: string;
  }[];
  readonly calculatedFields: readonly {
    readonly name: string;
    readonly unit: string;
    readonly decimals: number;
    readonly labelEs: string;
    readonly labelEn: string;
  }[];
}

export interface ShownColumn {
  readonly name: string;
  readonly label: string;
  readonly digits: number;
}

/** The columns of a schema in its order, in the reader's words. */
export function useShownColumns({ shown, quantities, calculatedFields }: ShownSchema): readonly ShownColumn[] {
  const t = useTranslations('water.schemas');
  const kinds = useTranslations('water.rules.variables');
  const { language } = useFormat();
  return useMemo(
    () =>
      shown.flatMap((name): readonly ShownColumn[] => {
        const quantity = quantities.find((own) => own.name === name);
        if (quantity !== undefined) {
          const { variable, aggregate } = quantity;
          const label = `${kinds(variable)} · ${t(`aggregates.${aggregate}`)}`;
          return [{ name, label, digits: aggregate === 'DELTA' ? 1 : kindDigits[variable] }];
        }
        const field = calculatedFields.find((own) => own.name === name);
        if (field === undefined) return [];
        return [{ name, label: language === 'es' ? field.labelEs : field.labelEn, digits: field.decimals }];
      }),
    [shown, quantities, calculatedFields, language, t, kinds],
  );
}

/** Groups as a table shows and exports them: when, each column, and the rules that do not hold. */
export function useGroupColumns(
  schema: ShownSchema,
  groups: readonly WaterGroupFragment[],
): readonly TableColumn<WaterGroupFragment>[] {
  const t = useTranslations('water.schemas');
  const format = useFormat();
  const columns = useShownColumns(schema);
  const units = new Map(groups[0]?.values.map(({ name, unit }) => [name, writeUnit(unit)]));
  const isByDay = schema.interval === 'DAY' || schema.interval === 'MONTH';
  const when = ({ from }: WaterGroupFragment) => (isByDay ? format.dayOf(from) : format.instant(from));
  const cellOf = (group: WaterGroupFragment, name: string) => group.values.find((cell) => cell.name === name);
  const sentences = ({ brokenRules }: WaterGroupFragment) =>
    brokenRules.map(({ sentenceEs, sentenceEn }) => (format.language === 'es' ? sentenceEs : sentenceEn));
  return [
    { id: 'from', label: t('when'), value: ({ from }) => from, cell: when },
    ...columns.map(({ name, label, digits }): TableColumn<WaterGroupFragment> => {
      const unit = units.get(name);
      return {
        ...{ id: name, label, align: 'end' as const, ...(unit === undefined || unit === '' ? {} : { unit }) },
        value: (group) => cellOf(group, name)?.value ?? null,
        cell: (group) => <GroupCell cell={cellOf(group, name)} digits={digits} />,
      };
    }),
    {
      ...{ id: 'rules', label: t('brokenRules') },
      value: (group) => sentences(group).join(' '),
      cell: (group) =>
        sentences(group).map((sentence) => (
          <StateTag key={sentence} tone="attention">
            {sentence}
          </StateTag>
        )),
    },
  ];
}

/** A value, or in a few words why there is none. */
function GroupCell({ cell, digits }: { readonly cell: Cell | undefined; readonly digits: number }) {
  const t = useTranslations('water.schemas');
  const format = useFormat();
  if (cell === undefined) return null;
  if (cell.value === null) {
    const name = cell.missingName ?? '';
    return <span className={classes.missing}>{t(`missing.${cell.missing ?? 'NO_VALUE'}`, { name })}</span>;
  }
  const notes = [
    cell.isSuspect ? t('suspect') : null,
    cell.measuredAt === null ? null : t('measuredAt', { at: format.instant(cell.measuredAt) }),
  ].filter((note) => note !== null);
  return (
    <span data-suspect={cell.isSuspect} className={classes.value}>
      {format.number(cell.value, { digits })}
      {notes.length === 0 ? null : <small> {notes.join(' · ')}</small>}
    </span>
  );
}
