'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { type EditedPointFragment, WaterRegistrationFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { regulatorCode } from '../registrations/registration-fields.ts';
import { RegistrationForm } from '../registrations/registration-form.tsx';
import { registrationState, registrationTones, type WaterRegistration } from '../registrations/registration-rows.ts';
import classes from './edit.module.css';

interface NamedSource {
  readonly code: string;
  readonly name: string;
}

/** The registration whose form is open. */
export type OpenRegistration = 'new' | WaterRegistration;

/** What the regulators know the point as, and the way to register it or to correct that. */
export function PointRegistrations({
  point,
  sources,
  onOpen,
}: {
  readonly point: EditedPointFragment;
  readonly sources: readonly NamedSource[];
  readonly onOpen: (open: OpenRegistration) => void;
}) {
  const t = useTranslations('water.registrations');
  const edit = useTranslations('water.edit');
  const isAllowed = useCan()('compliance:submit');
  const rows = registrationsOf(point);
  const offered = offeredTo(rows, sources);
  return (
    <>
      <ul className={classes.list}>
        {rows.map((row) => {
          const state = registrationState(row);
          return (
            <li key={row.registration.id}>
              <span>
                <strong>{row.source}</strong>
                <small>{Object.values(Object(row.registration.identifiers)).join(' · ')}</small>
              </span>
              <StateTag tone={registrationTones[state]}>{t(`states.${state}`)}</StateTag>
              {isAllowed ? (
                <Button
                  size="small"
                  onClick={() => onOpen(row)}
                  aria-label={edit('changeRegistration', { source: row.source })}
                >
                  {t('edit')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {isAllowed && offered.length > 0 ? (
        <div className={classes.adds}>
          <Button size="small" icon={<IconPlus size={15} aria-hidden="true" />} onClick={() => onOpen('new')}>
            {t('make')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The form of one of them; beside the point's own form, never inside it. */
export function PointRegistrationForm({
  point,
  sources,
  open,
  onSaved,
  onClose,
}: {
  readonly point: EditedPointFragment;
  readonly sources: readonly NamedSource[];
  readonly open: OpenRegistration;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  return (
    <RegistrationForm
      points={[point]}
      sources={open === 'new' ? offeredTo(registrationsOf(point), sources) : [{ code: open.source, name: open.source }]}
      edited={open === 'new' ? null : open}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}

function registrationsOf(point: EditedPointFragment): readonly WaterRegistration[] {
  return point.complianceRegistrations.flatMap((masked): readonly WaterRegistration[] => {
    const registration = readFragment(WaterRegistrationFragmentDoc, masked);
    const source = regulatorCode(registration.sourceCode);
    return source === null ? [] : [{ point, source, registration }];
  });
}

/** Regulators that there is a form for and that the point is not registered at. */
function offeredTo(rows: readonly WaterRegistration[], sources: readonly NamedSource[]) {
  return sources.flatMap(({ code, name }) => {
    const known = regulatorCode(code);
    return known === null || rows.some(({ source }) => source === known) ? [] : [{ code: known, name }];
  });
}
