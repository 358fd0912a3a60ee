'use client';
import { useMemo, useState } from 'react';
import {
  CreateWaterPointDocument,
  type EditedPointFragment,
  UpdateWaterPointDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import {
  changedFields,
  emptyFields,
  fieldsOf,
  type PointField,
  type PointFields,
  rebase,
  sentFields,
} from './point-fields.ts';
import { type DeviceRow, newVariable, sentDevice, sentVariable, type VariableRow } from './source-rows.ts';

/** Everything that is typed, beside what the point was when it was read. */
export interface PointForm {
  readonly fields: PointFields;
  readonly siteId: string;
  readonly code: string;
  readonly variables: readonly VariableRow[];
  readonly devices: readonly DeviceRow[];
  /** Devices that are to be heard, or no more. */
  readonly silenced: ReadonlyMap<string, boolean>;
}

/** The form of a point, new or known: what is typed, what is sent of it, and what somebody else did meanwhile. */
export function usePointForm(
  point: EditedPointFragment | null,
  site: { readonly id: string; readonly timeZone: string },
) {
  const { act, isBusy, refusal: refused } = useAct();
  const [seen, setSeen] = useState(point);
  const base = useMemo(() => (seen === null ? null : fieldsOf(seen)), [seen]);
  const [form, setForm] = useState<PointForm>(() => ({
    ...{ fields: point === null ? emptyFields(site.timeZone) : fieldsOf(point), siteId: site.id, code: '' },
    ...{
      variables: point === null ? [newVariable('TOTAL'), newVariable('FLOW')] : [],
      devices: [],
      silenced: new Map(),
    },
  }));
  const [clashes, setClashes] = useState<readonly PointField[]>([]);
  const [isMerged, setMerged] = useState(false);
  const [sentVersion, setSentVersion] = useState<string | null>(null);
  // Said of a version that is no longer the one shown: their change is in the form by now.
  const refusal = refused?.code === 'STALE' && sentVersion !== seen?.updatedAt ? null : refused;
  const set = (part: Partial<PointForm>) => setForm((now) => ({ ...now, ...part }));
  const setFields = (part: Partial<PointFields>) => setForm((now) => ({ ...now, fields: { ...now.fields, ...part } }));
  const changed = base === null ? [] : changedFields(base, form.fields);
  const { variables, devices, silenced } = form;
  if (point !== null && seen !== null && base !== null && point.updatedAt !== seen.updatedAt) {
    // It was changed by somebody else, or by another form of this page: what was typed here is put over it.
    const fresh = fieldsOf(point);
    const rebased = rebase(base, form.fields, fresh);
    setSeen(point);
    setForm({ ...form, fields: rebased.draft });
    setClashes(rebased.clashes);
    // What only they changed, or both to something else; not what this form has just saved itself.
    const isNews = changedFields(form.fields, fresh).some((field) => changedFields(base, fresh).includes(field));
    setMerged(isNews && changed.length > 0);
  }
  const isChanged = changed.length + variables.length + devices.length + silenced.size > 0;

  /** The code of the new point, or null when it was refused. */
  const create = async (companyId: string): Promise<string | null> => {
    const { fields } = form;
    const typed = changedFields({ ...emptyFields(''), samplingMinutes: '' }, fields);
    const done = await act(CreateWaterPointDocument, {
      input: {
        ...sentFields(fields, typed),
        ...{ name: fields.name.trim(), type: fields.type, sourceKind: fields.sourceKind, timeZone: fields.timeZone },
        ...{ code: form.code.trim(), siteId: form.siteId, companyId },
        ...{ variables: variables.map(sentVariable), devices: devices.map(sentDevice) },
      },
    });
    const made = done?.createCatchmentPoint;
    return made?.__typename === 'CatchmentPoint' ? made.code : null;
  };

  /** Whether it was saved. */
  const save = async (): Promise<boolean> => {
    if (seen === null || base === null) return false;
    setSentVersion(seen.updatedAt);
    const done = await act(UpdateWaterPointDocument, {
      input: {
        ...sentFields(form.fields, changed),
        ...{ id: seen.id, expectedUpdatedAt: seen.updatedAt },
        ...{ newVariables: variables.map(sentVariable), newDevices: devices.map(sentDevice) },
        deviceStates: [...silenced].map(([id, isActive]) => ({ id, isActive })),
      },
    });
    return done?.updateCatchmentPoint.__typename === 'CatchmentPoint';
  };

  /** What another person made of a field, where the form has something else. */
  const theirs = (field: PointField): string | null => (clashes.includes(field) ? (base?.[field] ?? null) : null);

  return { form, seen, set, setFields, isChanged, isBusy, refusal, isMerged, theirs, create, save };
}
