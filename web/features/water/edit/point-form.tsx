'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type {
  EditedPointFragment,
  PointFactsFragment,
  PointSurroundingsQuery,
} from '../../../graphql/generated/graphql.ts';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { useViewer } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { Panel } from '../../../ui/panel.tsx';
import { RefusalNote, wordsFor } from '../../../ui/refusal-note.tsx';
import { ConstantsForm } from '../point/constants-form.tsx';
import { AboutFields, BuiltFields, RightFields } from './about-fields.tsx';
import { DeviceRows } from './device-rows.tsx';
import classes from './edit.module.css';
import { KnownDevices, KnownVariables } from './known-sources.tsx';
import { PlaceFields } from './place-fields.tsx';
import { type PointField, unreadable } from './point-fields.ts';
import { type OpenRegistration, PointRegistrationForm, PointRegistrations } from './point-registrations.tsx';
import type { FieldsProps } from './shown-fields.ts';
import { isWhole } from './source-rows.ts';
import { usePointForm } from './use-point-form.ts';
import { VariableRows } from './variable-rows.tsx';

const worded = ['CODE_TAKEN', 'SITE_OF_OTHER_COMPANY', 'DEVICE_TAKEN', 'POINT_OF_OTHER_COMPANY', 'STALE'] as const;

/** Everything about a point that a person decides, in one form. */
export function PointForm({
  point,
  facts,
  site,
  around,
  onRead,
}: {
  /** Null for a new one. */
  readonly point: EditedPointFragment | null;
  readonly facts: PointFactsFragment | null;
  readonly site: { readonly id: string; readonly timeZone: string };
  readonly around: PointSurroundingsQuery;
  /** Reads the point again. */
  readonly onRead: () => void;
}) {
  const t = useTranslations('water.edit');
  const fieldWords = useTranslations('fields');
  const router = useRouter();
  const { sites } = useViewer();
  const { form, seen, set, setFields, isChanged, isBusy, refusal, isMerged, theirs, create, save } = usePointForm(
    point,
    site,
  );
  const server = useFieldWords(refusal);
  const [isChecked, setChecked] = useState(false);
  const [isConstantsOpen, setConstantsOpen] = useState(false);
  const [registration, setRegistration] = useState<OpenRegistration | null>(null);
  const { fields, variables, devices } = form;
  const broken: readonly string[] = isChecked ? unreadable(fields) : [];
  const wrong = (path: string) => (broken.includes(path) ? fieldWords('INVALID_TYPE') : server(path));
  const hint = (field: PointField) => {
    const other = theirs(field);
    return other === null ? undefined : t('theirs', { value: other === '' ? '–' : other });
  };
  const shown: FieldsProps = { fields, wrong, hint, onChange: setFields };
  const companyId = point?.company.id ?? sites.find(({ id }) => id === form.siteId)?.company?.id ?? null;
  const providers = around.providers.filter(({ company }) => company.id === companyId);
  const known = around.catchmentPoints.edges.flatMap(({ node: { id, name, latitude, longitude } }) =>
    latitude === null || longitude === null || id === point?.id ? [] : [{ id, name, latitude, longitude }],
  );
  const measured = point?.variables.map(({ variable }) => variable) ?? [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (unreadable(fields).length > 0) return;
    const code = seen === null ? await create(companyId ?? '') : (await save()) ? seen.code : null;
    if (code !== null) router.push(`/water/${encodeURIComponent(code)}`);
  };
  const isStale = refusal?.code === 'STALE';
  const canSave =
    seen === null ? companyId !== null && variables.every(isWhole) : isChanged && variables.every(isWhole);
  const back = seen === null ? '/water' : `/water/${encodeURIComponent(seen.code)}`;
  return (
    <>
      <form className={classes.form} onSubmit={submit} aria-busy={isBusy}>
        {isMerged ? (
          <p className={classes.merged} role="status">
            {t('merged')}
          </p>
        ) : null}
        <AboutFields {...shown} isNew={seen === null}>
          {seen === null ? (
            <>
              <SelectField
                label={t('fields.site')}
                value={form.siteId}
                options={sites.map(({ id, name }) => ({ value: id, label: name }))}
                wrong={wrong('siteId')}
                onChange={(siteId) => set({ siteId })}
              />
              <TextField
                label={t('fields.code')}
                hint={t('codeHint')}
                required
                minLength={2}
                maxLength={40}
                autoComplete="off"
                value={form.code}
                wrong={refusal?.code === 'CODE_TAKEN' ? t('refused.CODE_TAKEN') : wrong('code')}
                onChange={(code) => set({ code })}
              />
            </>
          ) : null}
        </AboutFields>
        <PlaceFields {...shown} known={known} />
        <Panel title={t('variables.title')}>
          {point === null ? null : (
            <KnownVariables variables={point.variables} onConstants={() => setConstantsOpen(true)} />
          )}
          <VariableRows
            rows={variables}
            measured={measured}
            definitions={around.variables}
            path={seen === null ? 'variables' : 'newVariables'}
            wrong={wrong}
            onChange={(rows) => set({ variables: rows })}
          />
        </Panel>
        <Panel title={t('devices.title')}>
          <p className={classes.lead}>{t('devices.lead', { topic: `cauce/${seen?.code ?? (form.code || '…')}/up` })}</p>
          {point === null ? null : (
            <KnownDevices
              code={point.code}
              devices={point.devices}
              silenced={form.silenced}
              onToggle={(id, isActive) => set({ silenced: toggled(form.silenced, point, id, isActive) })}
            />
          )}
          <DeviceRows
            rows={devices}
            providers={providers}
            variables={[...measured, ...variables.map(({ variable }) => variable)]}
            path={seen === null ? 'devices' : 'newDevices'}
            wrong={wrong}
            onChange={(rows) => set({ devices: rows })}
          />
        </Panel>
        <RightFields {...shown}>
          {point === null ? (
            <p className={classes.lead}>{t('registerLater')}</p>
          ) : (
            <PointRegistrations point={point} sources={around.complianceSources} onOpen={setRegistration} />
          )}
        </RightFields>
        <BuiltFields {...shown} hasReadings={seen !== null && seen.lastMeasuredAt !== null} />
        <div className={classes.bar}>
          <span>
            <RefusalNote refusal={refusal} words={wordsFor(worded, (code) => t(`refused.${code}`))} />
          </span>
          {isStale ? <Button onClick={() => onRead()}>{t('merge')}</Button> : null}
          <Link href={back} className={classes.cancel}>
            {t('cancel')}
          </Link>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={!canSave || isStale}>
            {seen === null ? t('create') : t('save')}
          </Button>
        </div>
      </form>
      {registration === null || point === null ? null : (
        <PointRegistrationForm
          point={point}
          sources={around.complianceSources}
          open={registration}
          onSaved={() => {
            setRegistration(null);
            onRead();
          }}
          onClose={() => setRegistration(null)}
        />
      )}
      {isConstantsOpen && facts !== null ? (
        <ConstantsForm
          point={facts}
          onDone={() => {
            setConstantsOpen(false);
            onRead();
          }}
          onClose={() => setConstantsOpen(false)}
        />
      ) : null}
    </>
  );
}

/** Only what differs from how the device is. */
function toggled(
  silenced: ReadonlyMap<string, boolean>,
  { devices }: EditedPointFragment,
  id: string,
  isActive: boolean,
): ReadonlyMap<string, boolean> {
  const others = [...silenced].filter(([other]) => other !== id);
  const isAsItWas = devices.find((device) => device.id === id)?.isActive === isActive;
  return new Map(isAsItWas ? others : [...others, [id, isActive]]);
}
