import { type VariableKind, variableKinds } from './variable-kinds.ts';

/** What people call the quantities, with their article, for sentences. */
const names: Readonly<Record<'es' | 'en', Readonly<Record<VariableKind, string>>>> = {
  es: {
    LEVEL: 'el nivel',
    FLOW: 'el caudal',
    AVERAGE_FLOW: 'el caudal medio',
    TOTAL: 'el totalizador',
    TEMPERATURE: 'la temperatura',
    PRESSURE: 'la presión',
    PH: 'el pH',
    CONDUCTIVITY: 'la conductividad',
    TURBIDITY: 'la turbidez',
  },
  en: {
    LEVEL: 'the level',
    FLOW: 'the flow',
    AVERAGE_FLOW: 'the average flow',
    TOTAL: 'the counter',
    TEMPERATURE: 'the temperature',
    PRESSURE: 'the pressure',
    PH: 'the pH',
    CONDUCTIVITY: 'the conductivity',
    TURBIDITY: 'the turbidity',
  },
};

/** A quantity in a sentence, such as `el caudal`; null for what is none. */
export function variableInWords(variable: unknown, language: 'es' | 'en'): string | null {
  const kind = variableKinds.find((known) => known === variable);
  return kind === undefined ? null : names[language][kind];
}
