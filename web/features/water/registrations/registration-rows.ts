import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ExtractionStandard,
  type WaterRegistrationFragment,
  WaterRegistrationFragmentDoc,
  type WaterRegistrationsQuery,
} from '../../../graphql/generated/graphql.ts';
import type { StateTone } from '../../../ui/state-tag.tsx';
import { type RegulatorCode, regulatorCode } from './registration-fields.ts';

export const standards = ['MAYOR', 'MEDIO', 'MENOR', 'VERY_SMALL'] as const satisfies readonly ExtractionStandard[];

export interface RegisteredPoint {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly standard: ExtractionStandard | null;
}

export interface WaterRegistration {
  readonly point: RegisteredPoint;
  readonly source: RegulatorCode;
  readonly registration: WaterRegistrationFragment;
}

/** How a registration stands, worst first: the regulator refuses it; it lacks something; it is off, tried or live. */
export type RegistrationState = 'stopped' | 'noStandard' | 'requested' | 'LIVE' | 'SHADOW' | 'OFF';

export const registrationTones: Readonly<Record<RegistrationState, StateTone>> = {
  ...{ stopped: 'fault', noStandard: 'attention', requested: 'attention', LIVE: 'ok', SHADOW: 'brand', OFF: 'neutral' },
};

/** Every registration of the points of a site that there is a form for. */
export function registrationsOf(data: WaterRegistrationsQuery | undefined): readonly WaterRegistration[] {
  return (data?.site?.catchmentPoints ?? []).flatMap((point) =>
    point.complianceRegistrations.flatMap((masked: FragmentType<typeof WaterRegistrationFragmentDoc>) => {
      const registration = readFragment(WaterRegistrationFragmentDoc, masked);
      const source = regulatorCode(registration.sourceCode);
      return source === null ? [] : [{ point, source, registration }];
    }),
  );
}

/** The one state that a person has to know of first. */
export function registrationState({ point, registration }: WaterRegistration): RegistrationState {
  const { mode, stoppedAt, liveRequestedAt } = registration;
  if (stoppedAt !== null) return 'stopped';
  if (mode !== 'OFF' && point.standard === null) return 'noStandard';
  return mode === 'SHADOW' && liveRequestedAt !== null ? 'requested' : mode;
}
