/** Dead letters kept of one company, and of nobody's, in a day of UTC: what says more is wrong in the same way, and would only fill the disk. */
export const lettersPerDay = 2_000;
