/** Days that stock lasts at the pace it is sold; null where nothing is sold. Stock below zero lasts no day. */
export function daysLeft(onHand: string, dailyDemand: string): number | null {
  const demand = Number(dailyDemand);
  return demand > 0 ? Math.max(0, Number(onHand) / demand) : null;
}
