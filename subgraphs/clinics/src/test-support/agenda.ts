import { randomUUID } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database } from '@cauce/shared/db/database';
import { testViewer } from '@cauce/shared/test/viewers';

/** A clinic with practitioners, slots and patients. */
export interface Agenda {
  readonly clinicId: string;
  readonly siteId: string;
  readonly companyId: string;
  /** By practitioner, then by time. */
  readonly slots: readonly (readonly string[])[];
  readonly practitioners: readonly string[];
  readonly patients: readonly string[];
  /** May do everything here and nothing elsewhere. */
  readonly manager: Viewer;
}

export interface AgendaOptions {
  readonly companyId?: string;
  readonly practitioners?: number;
  /** Half-hour slots of each practitioner, one after the other. */
  readonly slots?: number;
  readonly patients?: number;
  readonly startAt?: Date;
}

const slotMs = 30 * 60_000;

export async function addAgenda({ client }: Database, options: AgendaOptions = {}): Promise<Agenda> {
  const companyId = options.companyId ?? randomUUID();
  const siteId = randomUUID();
  const mark = randomUUID().slice(0, 8);
  const startAt = options.startAt ?? new Date('2026-11-23T12:00:00Z');
  const clinic = await client.clinic.create({ data: { siteId, companyId, code: mark, name: `Clínica ${mark}` } });
  const specialty = await client.specialty.upsert({
    where: { code: 'GENERAL_MEDICINE' },
    create: { code: 'GENERAL_MEDICINE', name: 'Medicina general' },
    update: {},
  });
  const practitioners: string[] = [];
  const slots: string[][] = [];
  for (let index = 0; index < (options.practitioners ?? 1); index += 1) {
    const { id } = await client.practitioner.create({
      data: {
        companyId,
        name: `Dra. ${mark} ${index}`,
        clinics: { create: { clinicId: clinic.id } },
        specialties: { create: { specialtyId: specialty.id } },
      },
    });
    practitioners.push(id);
    const made = await client.slot.createManyAndReturn({
      data: Array.from({ length: options.slots ?? 2 }, (_, position) => ({
        ...{ clinicId: clinic.id, siteId, companyId, practitionerId: id, specialtyId: specialty.id },
        startAt: new Date(startAt.getTime() + position * slotMs),
        endAt: new Date(startAt.getTime() + (position + 1) * slotMs),
      })),
    });
    slots.push(made.sort((a, b) => a.startAt.getTime() - b.startAt.getTime()).map((slot) => slot.id));
  }
  const patients = await client.patient.createManyAndReturn({
    data: Array.from({ length: options.patients ?? 2 }, (_, index) => ({
      companyId,
      documentNumber: `${mark}-${index}`.toUpperCase(),
      name: `Paciente Inventado ${index}`,
      phone: '+56955500001',
      birthDate: new Date('1980-05-17T00:00:00Z'),
    })),
  });
  return {
    ...{ clinicId: clinic.id, siteId, companyId, slots, practitioners },
    patients: patients.map(({ id }) => id),
    manager: testViewer({ role: 'MANAGER', siteIds: [siteId], companyIds: [companyId] }),
  };
}
