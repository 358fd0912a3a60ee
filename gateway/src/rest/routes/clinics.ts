import { z } from 'zod';
import { at, computed, constant, object, valueAt } from '../answer.ts';
import type { Route } from '../route.ts';

const id = z.string().min(1).max(200);
const success = constant(true);

const plannedConversation = (method: 'GET' | 'POST' | 'PUT', path: string, summary: string): Route => ({
  kind: 'planned',
  method,
  path,
  tag: 'clinics',
  summary,
  sentence: {
    es: 'Las conversaciones las lleva la plataforma misma; todavía no se manejan desde afuera.',
    en: 'The platform holds the conversations itself; they are not steered from outside yet.',
  },
});

const total = 'slots.totalCount';

const upcoming = z.object({
  id: z.string(),
  paciente: z.string().nullable(),
  fecha: z.iso.date().meta({ description: 'Day at the clinic.' }),
  hora: z.string().meta({ description: 'Time of day at the clinic, HH:MM.' }),
  medico: z.string().nullable(),
  dias_faltantes: z.int().nullable(),
  necesita_confirmacion: z.boolean(),
});

/** What a clinic's own programs ask for, in the words they use. */
export const clinicRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/v1/citas/disponibles',
    tag: 'clinics',
    summary: 'Slots that can be booked, soonest first',
    description: '`categoria` is the code of a specialty.',
    operation: 'slots-open',
    rules: { page_size: z.int().min(1).max(100) },
    paging: { connection: 'slots', skip: 'slots-skip', size: 'page_size' },
    answer: object({
      success,
      page: computed(z.int(), ({ input }) => Number(input.page)),
      page_size: computed(z.int(), ({ input }) => Number(input.page_size)),
      total_citas: at(total),
      has_more: computed(
        z.boolean(),
        ({ data, input }) => Number(input.page) * Number(input.page_size) < Number(valueAt(data, total)),
      ),
      citas: at('slots.edges.node'),
    }),
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/v1/slots/{id}/lock',
    tag: 'clinics',
    summary: 'Holds a slot while somebody decides; 409 when it is not free',
    operation: 'slot-lock',
    rules: { id },
    ignored: { session_id: 'the hold belongs to the credential.' },
    answer: object({
      success,
      slot_id: at('holdSlot.slot.id'),
      locked_until: at('holdSlot.heldUntil'),
      lock_token: at('holdSlot.token'),
    }),
    example: {},
  },
  {
    kind: 'planned',
    method: 'GET',
    path: '/api/v1/slots/{id}',
    tag: 'clinics',
    summary: 'One slot',
    sentence: {
      es: 'Una hora por su id todavía no se ofrece; use /api/v1/citas/disponibles.',
      en: 'One slot by its id is not offered yet; use /api/v1/citas/disponibles.',
    },
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/v1/citas',
    tag: 'clinics',
    summary: 'Books an appointment; 409 when the slot or the patient is taken',
    description: '`lock_token` is what holding the slot answered.',
    operation: 'appointment-book',
    ignored: { telefono: 'the patient’s own number is used.' },
    status: 201,
    answer: at('bookAppointment'),
    example: { slot: '0190a1b2-0000-7000-8000-000000000001', paciente: '0190a1b2-0000-7000-8000-000000000002' },
  },
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/v1/citas/proximas',
    tag: 'clinics',
    summary: 'Appointments of the next days, at most 200',
    operation: 'appointments-upcoming',
    rules: { dias: z.int().min(1).max(60) },
    answer: object({
      success,
      citas_proximas: computed(z.array(upcoming), ({ data }) => upcomingFrom(data)),
    }),
  },
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/v1/citas/paciente/{id}/activas',
    tag: 'clinics',
    summary: 'A patient’s standing appointments',
    operation: 'appointments-of-patient',
    rules: { id },
    answer: object({ success, citas: at('appointments.edges.node') }),
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/v1/citas/{id}/cancelar',
    tag: 'clinics',
    summary: 'Cancels an appointment',
    description: 'With `version`, 409 when it changed meanwhile.',
    operation: 'appointment-cancel',
    rules: { id },
    answer: object({ success, cita: at('cancelAppointment') }),
    example: { motivo: 'El paciente viaja' },
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/v1/pacientes/validar',
    tag: 'clinics',
    summary: 'The patient with a document, however it is written',
    operation: 'patient-validate',
    rules: { documento: z.string().min(3).max(40) },
    one: 'patient',
    answer: object({ success, paciente: at('patient') }),
    example: { documento: '12.345.678-5' },
  },
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/v1/estadisticas/tiempo-real',
    tag: 'clinics',
    summary: 'The numbers of today over the clinics you reach',
    operation: 'clinic-figures',
    answer: object({
      conversaciones_activas_ahora: sumOf('conversationsOpen'),
      citas_agendadas_hoy: sumOf('bookedToday'),
      citas_pendientes_confirmacion: sumOf('pendingConfirmations'),
      slots_disponibles_hoy: sumOf('openSlotsToday'),
      tiempo_promedio_respuesta_segundos: computed(
        z
          .number()
          .nullable()
          .meta({ description: 'Mean of the clinics’ means, seconds; null when nothing was answered.' }),
        ({ data }) => {
          const means = numbersAt(data, 'averageResponseSeconds');
          return means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length;
        },
      ),
    }),
  },
  plannedConversation('GET', '/api/v1/conversaciones/activa-publica/{id}', 'The open conversation of a number'),
  plannedConversation('POST', '/api/v1/conversaciones', 'Begins a conversation'),
  plannedConversation('PUT', '/api/v1/conversaciones/{id}/actualizar-contexto', 'Changes what a conversation knows'),
  plannedConversation('PUT', '/api/v1/conversaciones/{id}/finalizar', 'Ends a conversation'),
];

function sumOf(name: string) {
  return computed(z.int(), ({ data }) => numbersAt(data, name).reduce((sum, value) => sum + value, 0));
}

function numbersAt(data: unknown, name: string): number[] {
  const values = valueAt(data, `clinics.edges.node.stats.${name}`);
  return Array.isArray(values) ? values.map(Number) : [];
}

function upcomingFrom(data: unknown): z.input<typeof upcoming>[] {
  const nodes = valueAt(data, 'upcomingAppointments.edges.node');
  return (Array.isArray(nodes) ? nodes : []).map((node: unknown) => {
    const text = (path: string) => {
      const value = valueAt(node, path) ?? null;
      return value === null ? null : String(value);
    };
    const days = valueAt(node, 'daysAhead') ?? null;
    const [date = '', time = ''] = localParts(text('startAt') ?? '', text('clinic.timeZone') ?? 'UTC');
    return {
      id: text('id') ?? '',
      paciente: text('patient.name'),
      fecha: date,
      hora: time,
      medico: text('practitioner.name'),
      dias_faltantes: days === null ? null : Number(days),
      necesita_confirmacion: valueAt(node, 'needsConfirmation') === true,
    };
  });
}

/** Day and time of an instant on the clocks of a time zone. */
function localParts(instant: string, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(new Date(instant)).split(' ');
}
