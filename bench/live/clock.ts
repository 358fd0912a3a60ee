/** Milliseconds on the machine's steady clock, which is one for all of its processes. */
export function clockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
