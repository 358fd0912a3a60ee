import { demoId } from '../demo-id.ts';
import { demoCompanies } from '../demo-places.ts';
import { createRandom } from '../random.ts';

export interface DemoPatient {
  readonly id: string;
  readonly companyId: string;
  readonly documentNumber: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly birthDate: string;
  readonly hasConsented: boolean;
}

const firstNames = [
  ...([
    'Agustina',
    'Bastián',
    'Carolina',
    'Damián',
    'Emilia',
    'Facundo',
    'Gabriela',
    'Hernán',
    'Ignacia',
    'Joaquín',
  ] as const),
  ...([
    'Karina',
    'Leandro',
    'Matilde',
    'Norberto',
    'Olga',
    'Pascual',
    'Renata',
    'Sergio',
    'Trinidad',
    'Vicente',
  ] as const),
  ...([
    'Ximena',
    'Yolanda',
    'Zacarías',
    'Amanda',
    'Bruno',
    'Constanza',
    'Dante',
    'Eliana',
    'Fermín',
    'Gloria',
  ] as const),
] as const;
const surnames = [
  ...([
    'Abarzúa',
    'Bustos',
    'Caniupán',
    'Donoso',
    'Escobar',
    'Farías',
    'Gatica',
    'Hormazábal',
    'Inostroza',
    'Jorquera',
  ] as const),
  ...([
    'Krause',
    'Llancafil',
    'Meneses',
    'Necul',
    'Oñate',
    'Parraguez',
    'Quiñones',
    'Retamal',
    'Sepúlveda',
    'Tapia',
  ] as const),
  ...([
    'Ulloa',
    'Venegas',
    'Yévenes',
    'Zúñiga',
    'Acevedo',
    'Belmar',
    'Cortínez',
    'Durán',
    'Elgueta',
    'Figueroa',
  ] as const),
] as const;

const counts = { ribera: 480, quillay: 120 } as const;
/** Numbers above those that are given to people, so that an invented RUT is nobody's. */
const firstRut = 40_000_000;

/** 600 invented patients. Phones repeat: members of a family share one. */
export function demoPatients(now: Date): DemoPatient[] {
  const random = createRandom('clinics.patients');
  return (['ribera', 'quillay'] as const).flatMap((company, companyIndex) =>
    Array.from({ length: counts[company] }, (_, index) => {
      const name = `${random.pick(firstNames)} ${random.pick(surnames)} ${random.pick(surnames)}`;
      const number = firstRut + companyIndex * 1_000_000 + index * 37;
      const age = random.int(1, 86);
      const born = new Date(Date.UTC(now.getUTCFullYear() - age - 1, random.int(0, 11), random.int(1, 28)));
      return {
        id: demoId('patient', `${company}:${index}`),
        companyId: demoCompanies[company].id,
        documentNumber: `${number}-${checkDigit(number)}`,
        name,
        phone: `+5695550${String(1000 + companyIndex * 5000 + Math.floor(index * 0.9)).padStart(4, '0')}`,
        email: random.chance(0.5) ? `paciente${companyIndex}${index}@correo.example` : null,
        birthDate: born.toISOString().slice(0, 10),
        hasConsented: random.chance(0.85),
      };
    }),
  );
}

/** Modulo 11, as a RUT ends. */
function checkDigit(number: number): string {
  const sum = [...String(number)]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (2 + (index % 6)), 0);
  const remainder = 11 - (sum % 11);
  return remainder === 11 ? '0' : remainder === 10 ? 'K' : String(remainder);
}
