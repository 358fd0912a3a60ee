'use client';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { usualOrder } from '../point/kinds.ts';
import type { ParameterFields } from './registration-fields.ts';
import classes from './registrations.module.css';

/** The values that a device reports, by the names and units that the regulator registered. */
export function ParameterList({
  parameters,
  wrong,
  onChange,
}: {
  readonly parameters: readonly ParameterFields[];
  readonly wrong: string | undefined;
  readonly onChange: (parameters: readonly ParameterFields[]) => void;
}) {
  const t = useTranslations('water.registrations');
  const kindName = useTranslations('water.rules.variables');
  const change = (key: string, part: Partial<ParameterFields>) =>
    onChange(parameters.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () => onChange([...parameters, { key: crypto.randomUUID(), nombre: '', unidad: '', variable: 'FLOW' }]);
  return (
    <fieldset className={classes.parameters}>
      <legend>{t('parameters')}</legend>
      <p className={classes.note}>{t('parametersHint')}</p>
      {parameters.map((parameter) => (
        <div key={parameter.key} className={classes.parameter}>
          <TextField
            label={t('fields.nombre')}
            required
            value={parameter.nombre}
            onChange={(nombre) => change(parameter.key, { nombre })}
          />
          <TextField
            label={t('fields.unidad')}
            required
            value={parameter.unidad}
            onChange={(unidad) => change(parameter.key, { unidad })}
          />
          <SelectField
            label={t('fields.variable')}
            value={parameter.variable}
            options={usualOrder.map((value) => ({ value, label: kindName(value) }))}
            onChange={(variable) => change(parameter.key, { variable })}
          />
          <Button
            size="icon"
            look="quiet"
            aria-label={t('dropParameter', { name: parameter.nombre })}
            disabled={parameters.length === 1}
            icon={<IconX size={15} aria-hidden="true" />}
            onClick={() => onChange(parameters.filter(({ key }) => key !== parameter.key))}
          />
        </div>
      ))}
      {wrong === undefined ? null : <p className={classes.wrong}>{wrong}</p>}
      <span>
        <Button size="small" icon={<IconPlus size={14} aria-hidden="true" />} onClick={add}>
          {t('addParameter')}
        </Button>
      </span>
    </fieldset>
  );
}
