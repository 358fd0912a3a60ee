import type { ReplenishmentProposal } from './replenishment.ts';

/** One sentence in both languages. */
export interface BilingualText {
  readonly es: string;
  readonly en: string;
}

/** Why a proposal is made, by which demand, and how its quantity came about, in one line with its own numbers. */
export function explainProposal(proposal: ReplenishmentProposal): BilingualText {
  const { reason, limitedBy, leadTimeDays, reviewPeriodDays, demandSource, forecastFrom } = proposal;
  const days = leadTimeDays + reviewPeriodDays;
  const numbers = (locale: 'es-CL' | 'en-US') => {
    const say = (text: string) => quantityText(text, locale);
    const words = { unit: proposal.unit ?? '', onHand: say(proposal.onHand), minimum: say(proposal.minimum) };
    const level = { reorder: say(proposal.reorderPoint), target: say(proposal.neededLevel) };
    const demand = { daily: say(proposal.dailyDemand), safety: say(proposal.safetyStock) };
    const order = { quantity: say(proposal.quantity), pack: say(proposal.packSize) };
    const most = say(proposal.maximum ?? '0');
    return { ...words, ...level, ...demand, ...order, most, least: say(largest(proposal)) };
  };
  const es = numbers('es-CL');
  const en = numbers('en-US');
  const because = {
    NEGATIVE_STOCK: { es: `El saldo es negativo (${es.onHand})`, en: `The balance is negative (${en.onHand})` },
    BELOW_MINIMUM: {
      es: `Quedan ${es.onHand}, bajo el mínimo de ${es.minimum}`,
      en: `${en.onHand} on hand, below the minimum of ${en.minimum}`,
    },
    BELOW_REORDER_POINT: {
      es: `Quedan ${es.onHand}, no más que el punto de pedido de ${es.reorder}`,
      en: `${en.onHand} on hand, no more than the reorder point of ${en.reorder}`,
    },
  }[reason];
  const by =
    demandSource === 'FORECAST'
      ? { es: `según el pronóstico del ${forecastFrom ?? ''}`, en: `by the forecast of ${forecastFrom ?? ''}` }
      : { es: 'según las ventas de 90 días', en: 'by the sales of 90 days' };
  const order = {
    NONE: {
      es: `pedir ${es.quantity} ${es.unit} en múltiplos de ${es.pack}`,
      en: `order ${en.quantity} ${en.unit} in multiples of ${en.pack}`,
    },
    MAXIMUM: {
      es: `pedir ${es.quantity} ${es.unit} en múltiplos de ${es.pack}, sin pasar del máximo de ${es.most}`,
      en: `order ${en.quantity} ${en.unit} in multiples of ${en.pack}, no more than the maximum of ${en.most} allows`,
    },
    NO_ROOM: {
      es: `un pedido es de ${es.least} o más y no cabe bajo el máximo de ${es.most}`,
      en: `an order is of ${en.least} or more and does not fit under the maximum of ${en.most}`,
    },
  }[limitedBy];
  return {
    es: `${because.es}; con ${es.daily} al día por ${days} días ${by.es} y ${es.safety} de seguridad hacen falta ${es.target}: ${order.es}`,
    en: `${because.en}; ${en.daily} a day for ${days} days ${by.en} and ${en.safety} of safety stock need ${en.target}: ${order.en}`,
  };
}

/** The smallest order that a product has. */
function largest({ packSize, minimumOrder }: ReplenishmentProposal): string {
  return Number(minimumOrder) > Number(packSize) ? minimumOrder : packSize;
}

/** For reading only: at most two decimals, in the locale's signs. */
function quantityText(exact: string, locale: 'es-CL' | 'en-US'): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(exact));
}
