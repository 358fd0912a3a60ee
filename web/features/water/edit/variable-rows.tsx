'use client';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { VariableKind } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { writeUnit } from '../../../ui/format/units.ts';
import { usualOrder } from '../point/kinds.ts';
import classes from './edit.module.css';
import { newVariable, scales, type VariableRow } from './source-rows.ts';

interface Definition {
  readonly kind: VariableKind;
  readonly unit: string;
  readonly channel: string;
}

/** The quantities that a point is about to measure: the name each has in its device's messages, and its scale. */
export function VariableRows({
  rows,
  measured,
  definitions,
  path,
  wrong,
  onChange,
}: {
  readonly rows: readonly VariableRow[];
  /** Those that it measures already. */
  readonly measured: readonly VariableKind[];
  readonly definitions: readonly Definition[];
  /** Of the rows in the input. */
  readonly path: string;
  readonly wrong: (path: string) => string | undefined;
  readonly onChange: (rows: readonly VariableRow[]) => void;
}) {
  const t = useTranslations('water.edit.variables');
  const kindName = useTranslations('water.rules.variables');
  const free = usualOrder.filter((kind) => !measured.includes(kind) && rows.every(({ variable }) => variable !== kind));
  const [next] = free;
  const change = (at: number, part: Partial<VariableRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <div className={classes.rows}>
      {rows.map((row, at) => {
        const known = definitions.find(({ kind }) => kind === row.variable);
        const unit = writeUnit(known?.unit ?? '');
        const usual = row.variable === 'TOTAL' && row.scale === 'm3' ? 'total' : (known?.channel ?? '');
        const here = (field: string) => wrong(`${path}.${at}.${field}`);
        return (
          <fieldset key={row.key} className={classes.row}>
            <legend>{kindName(row.variable)}</legend>
            <div className={classes.fields}>
              <SelectField
                label={t('variable')}
                value={row.variable}
                options={[row.variable, ...free].map((value) => ({ value, label: kindName(value) }))}
                wrong={here('variable')}
                onChange={(variable) => change(at, { variable })}
              />
              <TextField
                label={t('channel')}
                hint={t('channelHint', { channel: usual })}
                placeholder={usual}
                maxLength={64}
                value={row.channel}
                wrong={here('channel')}
                onChange={(channel) => change(at, { channel })}
              />
              {row.variable === 'TOTAL' ? (
                <SelectField
                  label={t('scale')}
                  value={row.scale}
                  options={scales.map((value) => ({ value, label: t(`scales.${value}`) }))}
                  onChange={(scale) => change(at, { scale })}
                />
              ) : null}
              {row.variable === 'TOTAL' && row.scale !== 'm3' ? (
                <TextField
                  label={t(`scales.${row.scale}`)}
                  required
                  inputMode="decimal"
                  value={row.scaleValue}
                  wrong={here(row.scale)}
                  onChange={(scaleValue) => change(at, { scaleValue })}
                />
              ) : null}
              <TextField
                label={t('factor')}
                placeholder="1"
                inputMode="decimal"
                value={row.calibrationFactor}
                wrong={here('calibrationFactor')}
                onChange={(calibrationFactor) => change(at, { calibrationFactor })}
              />
              <TextField
                label={t('least', { unit })}
                inputMode="decimal"
                value={row.minValue}
                wrong={here('minValue')}
                onChange={(minValue) => change(at, { minValue })}
              />
              <TextField
                label={t('most', { unit })}
                inputMode="decimal"
                value={row.maxValue}
                wrong={here('maxValue')}
                onChange={(maxValue) => change(at, { maxValue })}
              />
            </div>
            <Button
              size="icon"
              look="quiet"
              className={classes.drop}
              aria-label={t('drop', { name: kindName(row.variable) })}
              disabled={measured.length === 0 && rows.length === 1}
              icon={<IconX size={15} aria-hidden="true" />}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            />
          </fieldset>
        );
      })}
      <div className={classes.adds}>
        <Button
          size="small"
          icon={<IconPlus size={15} aria-hidden="true" />}
          disabled={next === undefined}
          onClick={() => (next === undefined ? undefined : onChange([...rows, newVariable(next)]))}
        >
          {t('add')}
        </Button>
      </div>
    </div>
  );
}
