import type { ReplenishmentProposal } from './replenishment.ts';
import { unitWord } from './unit-word.ts';

/** One sentence in both languages. */
export interface BilingualText {
  readonly es: string;
  readonly en: string;
}

type Locale = 'es-CL' | 'en-US';

/** Why a proposal is made, what is needed by which demand, and how its quantity came about, with its own numbers. */
export function explainProposal(proposal: ReplenishmentProposal): BilingualText {
  return { es: inSpanish(proposal), en: inEnglish(proposal) };
}

function inSpanish(proposal: ReplenishmentProposal): string {
  const { exact, about, unit, days, least } = numbersOf(proposal, 'es-CL');
  const because = {
    NEGATIVE_STOCK: `El saldo es negativo (${exact('onHand')}).`,
    BELOW_MINIMUM: `Quedan ${exact('onHand')}, bajo el mínimo de ${exact('minimum')}.`,
    BELOW_REORDER_POINT: `Quedan ${exact('onHand')} y el punto de pedido es ${about('reorderPoint')}.`,
  }[proposal.reason];
  const forecastFrom = proposal.demandSource === 'FORECAST' ? proposal.forecastFrom : null;
  const by = forecastFrom === null ? 'las ventas de 90 días' : `el pronóstico del ${dayText(forecastFrom, 'es-CL')}`;
  const safety = Number(proposal.safetyStock) === 0 ? '' : `, más ${about('safetyStock')} de seguridad`;
  const packs = Number(proposal.packSize) === 1 ? '' : `, en múltiplos de ${exact('packSize')}`;
  const order = {
    NONE: `Pedir ${exact('quantity')}${unit}${packs}.`,
    MAXIMUM: `Pedir ${exact('quantity')}${unit}${packs}, sin pasar del máximo de ${exact('maximum')}.`,
    NO_ROOM: `Un pedido es de ${least} o más y no cabe bajo el máximo de ${exact('maximum')}.`,
  }[proposal.limitedBy];
  return `${because} En ${days} días hacen falta ${about('neededLevel')}: ${about('dailyDemand')} al día según ${by}${safety}. ${order}`;
}

function inEnglish(proposal: ReplenishmentProposal): string {
  const { exact, about, unit, days, least } = numbersOf(proposal, 'en-US');
  const because = {
    NEGATIVE_STOCK: `The balance is negative (${exact('onHand')}).`,
    BELOW_MINIMUM: `${exact('onHand')} left, below the minimum of ${exact('minimum')}.`,
    BELOW_REORDER_POINT: `${exact('onHand')} left, and the reorder point is ${about('reorderPoint')}.`,
  }[proposal.reason];
  const forecastFrom = proposal.demandSource === 'FORECAST' ? proposal.forecastFrom : null;
  const by = forecastFrom === null ? 'the sales of 90 days' : `the forecast of ${dayText(forecastFrom, 'en-US')}`;
  const safety = Number(proposal.safetyStock) === 0 ? '' : `, plus ${about('safetyStock')} of safety stock`;
  const packs = Number(proposal.packSize) === 1 ? '' : `, in multiples of ${exact('packSize')}`;
  const order = {
    NONE: `Order ${exact('quantity')}${unit}${packs}.`,
    MAXIMUM: `Order ${exact('quantity')}${unit}${packs}, within the maximum of ${exact('maximum')}.`,
    NO_ROOM: `An order is of ${least} or more and does not fit under the maximum of ${exact('maximum')}.`,
  }[proposal.limitedBy];
  return `${because} ${days} days need ${about('neededLevel')}: ${about('dailyDemand')} a day by ${by}${safety}. ${order}`;
}

type Quantity = {
  [Name in keyof ReplenishmentProposal]: ReplenishmentProposal[Name] extends string | null ? Name : never;
}[keyof ReplenishmentProposal];

/** The numbers of a proposal as they are read: what is counted as it is, what is worked out no finer than it is known. */
function numbersOf(proposal: ReplenishmentProposal, locale: Locale) {
  const written = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const { packSize, minimumOrder, unit, leadTimeDays, reviewPeriodDays } = proposal;
  return {
    exact: (name: Quantity) => written(Number(proposal[name] ?? 0), 2),
    about: (name: Quantity) => {
      const value = Number(proposal[name] ?? 0);
      return written(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
    },
    unit:
      unit === null || unit === ''
        ? ''
        : ` ${unitWord(unit, Number(proposal.quantity), locale === 'es-CL' ? 'es' : 'en')}`,
    days: leadTimeDays + reviewPeriodDays,
    /** The smallest order that the product has. */
    least: written(Math.max(Number(minimumOrder), Number(packSize)), 2),
  };
}

/** A calendar day as people write it. */
function dayText(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
