import { demoId } from '../demo-id.ts';
import { type DemoSite, demoSites } from '../demo-places.ts';

/** A demo clinic and the WhatsApp number that it answers. */
export interface DemoClinic {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly site: DemoSite;
  readonly phone: string;
  readonly address: string;
  readonly whatsappPhoneNumberId: string;
  /** Accounts of the people who answer in the agent's place. */
  readonly staff: readonly string[];
}

const clinic = (code: string, given: Omit<DemoClinic, 'id' | 'code'>): DemoClinic => ({
  id: demoId('clinic', code),
  code,
  ...given,
});

export const demoClinics = {
  centro: clinic('CLINICA-CENTRO', {
    name: 'Clínica Centro',
    site: demoSites.clinicaCentro,
    phone: '+56955500100',
    address: 'Paseo Los Aromos 120, piso 3',
    whatsappPhoneNumberId: '200000000000101',
    staff: ['recepcion', 'enfermeria', 'admision'],
  }),
  norte: clinic('POLICLINICO-NORTE', {
    name: 'Policlínico Norte',
    site: demoSites.plantaNorte,
    phone: '+56955500200',
    address: 'Planta Norte, portería 2',
    whatsappPhoneNumberId: '200000000000102',
    staff: ['recepcion'],
  }),
  quillay: clinic('POLICLINICO-QUILLAY', {
    name: 'Policlínico Quillay',
    site: demoSites.plantaQuillay,
    phone: '+56955500300',
    address: 'Planta Quillay, edificio de servicios',
    whatsappPhoneNumberId: '200000000000103',
    staff: ['quillay'],
  }),
} as const;

export interface DemoSpecialty {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly keywords: readonly string[];
}

const specialty = (code: string, name: string, ...keywords: string[]): DemoSpecialty => ({
  id: demoId('specialty', code),
  code,
  name,
  keywords,
});

export const demoSpecialties = {
  general: specialty('GENERAL_MEDICINE', 'Medicina general', 'fiebre', 'resfrío', 'tos', 'dolor de cabeza', 'control'),
  pediatrics: specialty('PEDIATRICS', 'Pediatría', 'mi hijo', 'mi hija', 'guagua', 'niño', 'niña', 'vacuna'),
  cardiology: specialty('CARDIOLOGY', 'Cardiología', 'presión', 'palpitaciones', 'corazón', 'hipertensión'),
  trauma: specialty('TRAUMATOLOGY', 'Traumatología', 'rodilla', 'hombro', 'espalda', 'caída', 'esguince', 'fractura'),
  gynecology: specialty('GYNECOLOGY', 'Ginecología', 'embarazo', 'regla', 'anticonceptivo', 'papanicolau'),
  dermatology: specialty('DERMATOLOGY', 'Dermatología', 'piel', 'lunar', 'alergia', 'picazón', 'manchas'),
  nutrition: specialty('NUTRITION', 'Nutrición', 'dieta', 'peso', 'diabetes', 'alimentación'),
  occupational: specialty(
    'OCCUPATIONAL_HEALTH',
    'Salud ocupacional',
    'examen de altura',
    'accidente',
    'licencia',
    'turno',
  ),
} as const;

export interface DemoPractitioner {
  readonly id: string;
  readonly name: string;
  readonly registrationNumber: string;
  readonly clinic: DemoClinic;
  readonly specialty: DemoSpecialty;
  readonly slotMinutes: number;
  /** Sees patients on Sundays and holidays too. */
  readonly isOnDuty: boolean;
  /** ISO weekdays, Monday is 1. */
  readonly weekdays: readonly number[];
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const weekdays = [1, 2, 3, 4, 5];
const { centro, norte, quillay } = demoClinics;
const { general, pediatrics, cardiology, trauma, gynecology, dermatology, nutrition, occupational } = demoSpecialties;

const practitioner = (
  number: number,
  name: string,
  clinicOf: DemoClinic,
  specialtyOf: DemoSpecialty,
  slotMinutes: number,
  days: readonly number[],
): DemoPractitioner => ({
  id: demoId('practitioner', String(number)),
  name,
  registrationNumber: `RNPI-9${String(number).padStart(5, '0')}`,
  clinic: clinicOf,
  specialty: specialtyOf,
  slotMinutes,
  isOnDuty: days.includes(7),
  weekdays: days,
});

/** Twelve invented practitioners; one at each clinic is on duty every day. */
export const demoPractitioners: readonly DemoPractitioner[] = [
  practitioner(1, 'Dra. Antonia Pizarro Leal', centro, general, 20, everyDay),
  practitioner(2, 'Dr. Esteban Curiqueo Maturana', centro, general, 20, [1, 2, 3, 4, 5, 6]),
  practitioner(3, 'Dra. Josefa Albornoz Silva', centro, pediatrics, 20, [1, 2, 3, 4, 5, 6]),
  practitioner(4, 'Dr. Ramiro Santelices Godoy', centro, cardiology, 30, weekdays),
  practitioner(5, 'Dra. Paulina Troncoso Jara', centro, gynecology, 30, weekdays),
  practitioner(6, 'Dr. Cristóbal Manque Rivas', centro, trauma, 30, [1, 3, 5]),
  practitioner(7, 'Dra. Elisa Barrientos Oyarzo', centro, dermatology, 30, [2, 4, 6]),
  practitioner(8, 'Dr. Manuel Arancibia Toro', norte, occupational, 30, everyDay),
  practitioner(9, 'Dra. Loreto Quilodrán Sáez', norte, general, 20, weekdays),
  practitioner(10, 'Nta. Amparo Lizana Vidal', norte, nutrition, 30, [2, 4]),
  practitioner(11, 'Dra. Macarena Huerta Bravo', quillay, general, 20, everyDay),
  practitioner(12, 'Dr. Alonso Peñaloza Ruiz', quillay, occupational, 30, weekdays),
];
