import type { ReplenishmentProposal } from './replenishment.ts';

/** One sentence in both languages. */
export interface BilingualText {
  readonly es: string;
  readonly en: string;
}

/** Why a proposal is made and how its quantity came about, in one line with its own numbers. */
export function explainProposal(proposal: ReplenishmentProposal): BilingualText {
  const { reason, dailyDemand, leadTimeDays, reviewPeriodDays } = proposal;
  const days = leadTimeDays + reviewPeriodDays;
  const sentence = (locale: 'es-CL' | 'en-US') => {
    const say = (text: string) => quantityText(text, locale);
    const words = { unit: proposal.unit ?? '', onHand: say(proposal.onHand), minimum: say(proposal.minimum) };
    const level = { reorder: say(proposal.reorderPoint), daily: say(dailyDemand), target: say(proposal.targetLevel) };
    const order = { quantity: say(proposal.quantity), pack: say(proposal.packSize), safety: say(proposal.safetyStock) };
    return { ...words, ...level, ...order };
  };
  const es = sentence('es-CL');
  const en = sentence('en-US');
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
  return {
    es: `${because.es}; con ${es.daily} al día por ${days} días y ${es.safety} de seguridad hacen falta ${es.target}: pedir ${es.quantity} ${es.unit} en múltiplos de ${es.pack}`,
    en: `${because.en}; ${en.daily} a day for ${days} days and ${en.safety} of safety stock need ${en.target}: order ${en.quantity} ${en.unit} in multiples of ${en.pack}`,
  };
}

/** For reading only: at most two decimals, in the locale's signs. */
function quantityText(exact: string, locale: 'es-CL' | 'en-US'): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(exact));
}
