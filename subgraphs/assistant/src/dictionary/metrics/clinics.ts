import type { Metric } from '../metric.ts';
import { text } from '../text.ts';

type Own = Pick<Metric, 'title' | 'definition' | 'formula'> & Partial<Metric>;

const metric = (name: string, answer: string, own: Own): Metric => ({
  name: `clinics.${name}`,
  version: 1,
  owner: 'clinics',
  permission: 'clinics:read',
  unit: null,
  additivity: 'SUM',
  dimensions: ['CLINIC'],
  answeredBy: `clinicStats.${answer}`,
  datasets: ['clinics', 'appointments', 'slots'],
  sign: null,
  ...own,
});

/** As `clinicStats` makes them, of the clinic's own day. */
export const clinicMetrics: readonly Metric[] = [
  metric('appointments_today', 'appointmentsToday', {
    title: text('Citas de hoy', 'Appointments today'),
    definition: text('Citas del día en la clínica.', 'Appointments of the day at the clinic.'),
    formula: text('cantidad de citas de hoy', 'number of today’s appointments'),
  }),
  metric('open_slots_today', 'openSlotsToday', {
    title: text('Horas libres de hoy', 'Open slots today'),
    definition: text('Tramos de hoy que aún se pueden reservar.', 'Slots of today that can still be booked.'),
    formula: text('cantidad de tramos libres de hoy', 'number of today’s free slots'),
  }),
];
