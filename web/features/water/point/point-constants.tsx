'use client';
import { IconPlus, IconReplace } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type {
  PointConstantsQuery,
  PointConstantsRowFragment,
  PointFactsFragment,
} from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { writeUnit } from '../../../ui/format/units.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ConstantsForm } from './constants-form.tsx';
import { byUsualOrder } from './kinds.ts';
import { MeterForm } from './meter-form.tsx';
import classes from './point.module.css';
import { WithdrawMeter } from './withdraw-meter.tsx';

type Meters = NonNullable<PointConstantsQuery['catchmentPoint']>['meterChanges'];

/** What turns a reading into a value, each version with the day from which it holds, newest first; and the meters. */
export function PointConstants({
  point,
  rows,
  meters,
  isAllowed,
  onChanged,
}: {
  readonly point: PointFactsFragment;
  readonly rows: readonly PointConstantsRowFragment[];
  readonly meters: Meters;
  readonly isAllowed: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('water.point.constants');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const [open, setOpen] = useState<'constants' | 'meter' | null>(null);
  const done = () => {
    setOpen(null);
    onChanged();
  };
  const decimal = (value: string | null) => {
    return value === null ? '–' : format.written(value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
  };
  const facts = (row: PointConstantsRowFragment) =>
    [
      row.pulsesPerLiter === null ? null : t('pulsesPerLiter', { value: decimal(row.pulsesPerLiter) }),
      row.litersPerPulse === null ? null : t('litersPerPulse', { value: decimal(row.litersPerPulse) }),
      t('factor', { value: decimal(row.calibrationFactor) }),
      Number(row.offset) === 0 ? null : t('offset', { value: `${decimal(row.offset)} ${writeUnit(row.unit)}` }),
      row.maxFlowLps === null ? null : t('maxFlow', { value: decimal(row.maxFlowLps) }),
    ].filter((fact) => fact !== null);
  const newestFirst = rows.toSorted((one, other) => Date.parse(other.validFrom) - Date.parse(one.validFrom));
  return (
    <>
      <ul className={classes.rules}>
        {byUsualOrder(newestFirst, ({ variable }) => variable).map((row) => (
          <li key={`${row.variable} ${row.validFrom}`}>
            <span>
              {kindName(row.variable)}
              <small>{facts(row).join(' · ')}</small>
            </span>
            <time className={classes.quiet} dateTime={row.validFrom}>
              {t('since', { day: format.instant(row.validFrom) })}
            </time>
          </li>
        ))}
        {meters.map((meter) => (
          <li key={meter.id}>
            <span>
              {t('meter', { serial: meter.serial ?? '–' })}
              <small>
                {[
                  t('meterFrom', { value: format.quantity(meter.initialM3, 'm³', { digits: 1 }) }),
                  meter.finalM3 === null
                    ? null
                    : t('meterTo', { value: format.quantity(meter.finalM3, 'm³', { digits: 1 }) }),
                  meter.note,
                ]
                  .filter((fact) => fact !== null)
                  .join(' · ')}
              </small>
            </span>
            <time className={classes.quiet} dateTime={meter.changedAt}>
              {t('since', { day: format.instant(meter.changedAt) })}
            </time>
            {isAllowed ? <WithdrawMeter id={meter.id} onDone={onChanged} /> : null}
          </li>
        ))}
      </ul>
      {isAllowed ? (
        <span className={classes.foot}>
          <Button size="small" icon={<IconPlus size={15} aria-hidden="true" />} onClick={() => setOpen('constants')}>
            {t('add')}
          </Button>
          {point.variables.some(({ variable }) => variable === 'TOTAL') ? (
            <Button size="small" icon={<IconReplace size={15} aria-hidden="true" />} onClick={() => setOpen('meter')}>
              {t('addMeter')}
            </Button>
          ) : null}
        </span>
      ) : null}
      {open === 'constants' ? <ConstantsForm point={point} onDone={done} onClose={() => setOpen(null)} /> : null}
      {open === 'meter' ? <MeterForm point={point} onDone={done} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
