/** `P` is the patient, `A` the agent, `S` a person of the clinic; the number is minutes since the line before. */
export type Line = readonly [author: 'P' | 'A' | 'S', minutes: number, text: string];

export interface Dialogue {
  readonly state:
    | 'INITIAL'
    | 'IDENTIFIED'
    | 'SYMPTOMS_CLASSIFIED'
    | 'SLOTS_SHOWN'
    | 'SLOT_SELECTED'
    | 'APPOINTMENT_BOOKED'
    | 'CANCELLATION_STARTED'
    | 'FINISHED';
  readonly lines: readonly Line[];
  readonly isTaken?: boolean;
  readonly isEmergency?: boolean;
}

const hello: readonly Line[] = [
  ['P', 0, 'Hola, buenas'],
  ['A', 0.1, '¡Hola! Soy el asistente de la clínica. ¿Me indicas tu RUT o número de documento, por favor?'],
];
const identified: readonly Line[] = [
  ...hello,
  ['P', 1, 'Claro, se lo mando'],
  ['A', 0.1, 'Gracias, ya te encontré. ¿Qué síntomas tienes o para qué necesitas la hora?'],
];
const classified: readonly Line[] = [
  ...identified,
  ['P', 2, 'Tengo dolor de cabeza hace varios días y un poco de fiebre'],
  ['A', 0.1, 'Lamento que te sientas así. Parece ser para Medicina general. ¿Busco horas disponibles?'],
];
const shown: readonly Line[] = [
  ...classified,
  ['P', 1, 'Sí, por favor'],
  [
    'A',
    0.1,
    'Estas son las próximas horas:\n1. Mañana 09:10\n2. Mañana 11:30\n3. Pasado mañana 15:00\n¿Cuál prefieres?',
  ],
];
const chosen: readonly Line[] = [
  ...shown,
  ['P', 3, 'La 2'],
  ['A', 0.1, 'Perfecto: mañana a las 11:30. Te la guardo por 10 minutos. ¿Confirmas?'],
];
const booked: readonly Line[] = [
  ...chosen,
  ['P', 1, 'Sí, confirmo'],
  ['A', 0.1, '¡Listo! Tu hora quedó agendada. Te enviaremos un recordatorio el día anterior.'],
];

/** Conversations as they stand, one of each situation that the front desk meets. */
export const demoDialogues: readonly Dialogue[] = [
  { state: 'INITIAL', lines: hello },
  { state: 'IDENTIFIED', lines: identified },
  { state: 'SYMPTOMS_CLASSIFIED', lines: classified },
  { state: 'SLOTS_SHOWN', lines: shown },
  { state: 'SLOT_SELECTED', lines: chosen },
  { state: 'APPOINTMENT_BOOKED', lines: booked },
  {
    state: 'CANCELLATION_STARTED',
    lines: [
      ...identified,
      ['P', 1, 'Necesito cancelar mi hora de esta semana'],
      ['A', 0.1, 'Entiendo. Tienes una hora agendada. ¿Quieres que la cancele o prefieres cambiarla?'],
    ],
  },
  {
    state: 'IDENTIFIED',
    isTaken: true,
    lines: [
      ...identified,
      ['P', 2, 'Prefiero hablar con una persona'],
      ['S', 4, 'Hola, le escribe recepción. Cuénteme en qué le puedo ayudar.'],
      ['P', 3, '¿Atienden con mi seguro complementario?'],
    ],
  },
  {
    state: 'IDENTIFIED',
    isEmergency: true,
    isTaken: true,
    lines: [
      ...identified,
      ['P', 1, 'Me duele mucho el pecho y me cuesta respirar'],
      [
        'A',
        0.1,
        'Lo que describes puede ser una urgencia. Llama ahora al servicio de urgencia o acude al más cercano. Aviso al equipo de la clínica.',
      ],
      ['S', 2, 'Le estamos llamando por teléfono en este momento.'],
    ],
  },
  {
    state: 'FINISHED',
    lines: [...booked, ['P', 2, 'Muchas gracias'], ['A', 0.1, '¡Gracias a ti! Que te mejores.']],
  },
  {
    state: 'FINISHED',
    lines: [
      ...identified,
      ['P', 1, 'Quiero cancelar mi hora'],
      ['A', 0.1, 'Listo, tu hora quedó cancelada.'],
      ['P', 1, 'Gracias'],
    ],
  },
];
