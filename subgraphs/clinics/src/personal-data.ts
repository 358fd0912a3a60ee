import { can, type Viewer } from '@cauce/shared/auth/viewer';

/** Whether the viewer may know who a patient is and what was said; others see initials and times. */
export function seesPatients(viewer: Viewer): boolean {
  return can(viewer, 'patients:read');
}

/** `M. G.` for "María González": enough to tell two rows apart, not enough to know who it is. */
export function initialsOf(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .map((word) => `${(word.match(/^\p{L}/u)?.[0] ?? '').toLocaleUpperCase('es')}.`)
    .slice(0, 3)
    .join(' ');
}

/** A value of a patient, or null for who may not know it. */
export function personal<Value>(viewer: Viewer, value: Value): Value | null {
  return seesPatients(viewer) ? value : null;
}
