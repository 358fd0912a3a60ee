import type { AppointmentRowFragment } from '../../graphql/generated/graphql.ts';

/** Whether every word of a search is in the patient's or the practitioner's name; accents and case do not count. */
export function matchesAppointment(
  { patient, practitioner }: Pick<AppointmentRowFragment, 'patient' | 'practitioner'>,
  search: string,
): boolean {
  const names = plain(`${patient?.name ?? ''} ${practitioner?.name ?? ''}`);
  return plain(search)
    .split(/\s+/)
    .every((word) => names.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
