import { type Dataset, field } from '../dataset.ts';
import { text } from '../text.ts';

/** Who a patient is and what was written to one is no subject of questions: no field here says it. */
export const clinicDatasets: readonly Dataset[] = [
  {
    name: 'clinics',
    owner: 'clinics',
    permission: 'clinics:read',
    title: text('Clínicas', 'Clinics'),
    meaning: text('Cada fila es una clínica.', 'Each row is a clinic.'),
    graphType: 'Clinic',
    graphQuery: 'clinics',
    freshness: {
      rule: text('En vivo, con cada cita.', 'Live, with every appointment.'),
      topics: ['clinics.statsChanged'],
    },
    rules: [],
    fields: [
      field('name', 'TEXT', 'Nombre.', 'Name.', { synonyms: ['policlínico', 'centro médico'] }),
      field('site', 'LINK', 'Sitio.', 'Site.'),
      field(
        'stats',
        'NUMBER',
        'Números del día: citas, horas libres, inasistencias.',
        'Numbers of the day: appointments, open slots, no-shows.',
        {
          synonyms: ['agenda de hoy'],
        },
      ),
    ],
  },
  {
    name: 'slots',
    owner: 'clinics',
    permission: 'clinics:read',
    title: text('Horas médicas', 'Slots'),
    meaning: text(
      'Cada fila es un tramo que se puede reservar con un profesional.',
      'Each row is time that can be booked with a practitioner.',
    ),
    graphType: 'Slot',
    graphQuery: 'slots',
    freshness: {
      rule: text('En vivo, con cada reserva.', 'Live, with every booking.'),
      topics: ['clinics.statsChanged'],
    },
    rules: [],
    fields: [
      field('startAt', 'TIME', 'Comienzo.', 'Start.', { synonyms: ['hora'] }),
      field('endAt', 'TIME', 'Término.', 'End.'),
      field('status', 'CHOICE', 'Libre, tomada o bloqueada.', 'Free, taken or blocked.', { synonyms: ['disponible'] }),
      field('clinic', 'LINK', 'Clínica.', 'Clinic.'),
      field('practitioner', 'LINK', 'Profesional.', 'Practitioner.'),
      field('specialty', 'LINK', 'Especialidad.', 'Specialty.'),
    ],
  },
  {
    name: 'appointments',
    owner: 'clinics',
    permission: 'clinics:read',
    title: text('Citas', 'Appointments'),
    meaning: text(
      'Cada fila es una cita; sin datos del paciente.',
      'Each row is an appointment; nothing about the patient.',
    ),
    graphType: 'Appointment',
    graphQuery: 'appointments',
    freshness: {
      rule: text('En vivo, con cada cambio.', 'Live, with every change.'),
      topics: ['clinics.appointmentChanged'],
    },
    rules: [text('El día es el de la clínica.', 'The day is the clinic’s.')],
    fields: [
      field('status', 'CHOICE', 'Estado de la cita (FHIR).', 'State of the appointment (FHIR).', {
        synonyms: ['agendada', 'cancelada', 'inasistencia'],
      }),
      field('startAt', 'TIME', 'Comienzo.', 'Start.'),
      field('endAt', 'TIME', 'Término.', 'End.'),
      field('channel', 'CHOICE', 'Por dónde se reservó.', 'How it was booked.', { synonyms: ['WhatsApp'] }),
      field('clinic', 'LINK', 'Clínica.', 'Clinic.'),
      field('practitioner', 'LINK', 'Profesional.', 'Practitioner.'),
      field('specialty', 'LINK', 'Especialidad.', 'Specialty.'),
    ],
  },
];
