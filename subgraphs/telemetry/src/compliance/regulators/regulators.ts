import { dga } from './dga.ts';
import { igam } from './igam.ts';
import type { Regulator } from './regulator.ts';
import { sma } from './sma.ts';

/** Every regulator that we can speak to, by the code of its `ComplianceSource`. */
export const regulators: ReadonlyMap<string, Regulator> = new Map(
  [dga, sma, igam].map((regulator) => [regulator.code, regulator]),
);
