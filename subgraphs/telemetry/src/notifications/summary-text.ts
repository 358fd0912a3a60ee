import type { SummaryFacts } from './daily-summary.ts';
import type { MessageText } from './message-text.ts';
import type { Language } from './notification.ts';

/** Yesterday in a few lines: water, points that are silent, alerts, and what the regulator is owed. */
export function summaryText(facts: SummaryFacts, language: Language): MessageText {
  const { points, silentPoints, openAlerts, criticalAlerts, volumeM3, submissions } = facts;
  const locale = language === 'es' ? 'es-CL' : 'en-GB';
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const day = date.format(new Date(`${facts.day}T00:00:00Z`));
  const { vouchers, waiting, inNeed } = submissions;
  const owed = vouchers + waiting + inNeed;
  if (language === 'es') {
    return {
      subject: `Resumen del ${day}: ${openAlerts === 0 ? 'sin alertas abiertas' : `${openAlerts} alertas abiertas`}`,
      body: [
        `Agua extraída: ${number.format(volumeM3)} m³`,
        `Puntos al día: ${points - silentPoints} de ${points}`,
        `Alertas abiertas: ${openAlerts}${criticalAlerts > 0 ? `, ${criticalAlerts} críticas` : ''}`,
        ...(owed === 0
          ? []
          : [`Envíos al regulador: ${vouchers} con comprobante, ${waiting} en curso, ${inNeed} por revisar`]),
      ].join('\n'),
    };
  }
  return {
    subject: `Summary of ${day}: ${openAlerts === 0 ? 'no open alerts' : `${openAlerts} open alerts`}`,
    body: [
      `Water drawn: ${number.format(volumeM3)} m³`,
      `Points up to date: ${points - silentPoints} of ${points}`,
      `Open alerts: ${openAlerts}${criticalAlerts > 0 ? `, ${criticalAlerts} critical` : ''}`,
      ...(owed === 0
        ? []
        : [`Sent to the regulator: ${vouchers} with a voucher, ${waiting} under way, ${inNeed} to be reviewed`]),
    ].join('\n'),
  };
}
