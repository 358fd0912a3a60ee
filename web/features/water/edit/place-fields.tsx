'use client';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../ui/form/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { Place } from '../map/project-points.ts';
import classes from './edit.module.css';
import { PlacePicker } from './place-picker.tsx';
import type { FieldsProps } from './shown-fields.ts';

export interface KnownPlace extends Place {
  readonly id: string;
  readonly name: string;
}

/** Where the point is: chosen on a drawing of the points that are known, or typed. */
export function PlaceFields({
  fields,
  wrong,
  hint,
  known,
  onChange,
}: FieldsProps & { readonly known: readonly KnownPlace[] }) {
  const t = useTranslations('water.edit');
  const place = placeOf(fields.latitude, fields.longitude);
  const text = (field: 'latitude' | 'longitude' | 'altitudeM') => (
    <TextField
      label={t(`fields.${field}`)}
      hint={hint(field)}
      inputMode="text"
      autoComplete="off"
      value={fields[field]}
      wrong={wrong(field)}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
  return (
    <Panel title={t('place')}>
      <div className={classes.halves}>
        {known.length === 0 && place === null ? (
          <p className={classes.lead}>{t('map.nothingKnown')}</p>
        ) : (
          <PlacePicker
            key={known.length === 0 ? 'alone' : 'among others'}
            known={known}
            place={place}
            onPlace={({ latitude, longitude }) =>
              onChange({ latitude: String(latitude), longitude: String(longitude) })
            }
          />
        )}
        <div className={classes.coordinates}>
          <p className={classes.lead}>{t('map.hint')}</p>
          {text('latitude')}
          {text('longitude')}
          {text('altitudeM')}
        </div>
      </div>
    </Panel>
  );
}

function placeOf(latitude: string, longitude: string): Place | null {
  const [north, east] = [latitude, longitude].map((text) => Number(text.trim().replace(',', '.')));
  const isThere = latitude.trim() !== '' && longitude.trim() !== '';
  if (!isThere || north === undefined || east === undefined) return null;
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { latitude: north, longitude: east } : null;
}
