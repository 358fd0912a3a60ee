/** What Adiflow is asked about; each a number of its own in `kpi-definitions.ts`. */
export const adiflowOutcomes = ['EFFICIENCY_PCT', 'SACKOFF_PCT', 'DURABILITY_PCT', 'HARDNESS', 'FINES_PCT'] as const;
export type AdiflowOutcome = (typeof adiflowOutcomes)[number];

/** Orders whose water differs by no more than this are alike in moisture, in kilograms a ton of raw material. */
export const waterBandKgPerTon = 4;
