/** What a simulated device is told about its place. */
export interface DevicePlace {
  readonly code: string;
  /** Flow while its pump runs, l/s; 0 for a place without flow. */
  readonly nominalLps: number;
  /** Whether the water flows by itself, as in a river, or is pumped in turns. */
  readonly isPumped: boolean;
  /** Level to swing around, m; how far it moves with the flow, m. */
  readonly levelM: number;
  readonly levelSwingM: number;
}

/** The physics at one instant, in the units of the quantities. */
export interface DeviceState {
  readonly flow: number;
  readonly level: number;
  readonly temperature: number;
  readonly pressure: number;
  readonly ph: number;
  readonly conductivity: number;
  readonly turbidity: number;
}

const pumpBlockMs = 20 * 60_000;
const dayMs = 86_400_000;

/** What the device sees at an instant: the same for the same place and instant, on every machine. */
export function deviceState(place: DevicePlace, at: Date): DeviceState {
  const ms = at.getTime();
  const slow = drift(place.code, ms, 6 * 3_600_000);
  const fast = noise(place.code, Math.floor(ms / 1_000));
  const isRunning = !place.isPumped || (1 + noise(`${place.code}:pump`, Math.floor(ms / pumpBlockMs))) / 2 < 0.75;
  const flow = isRunning ? place.nominalLps * (0.92 + 0.06 * slow + 0.015 * fast) : 0;
  const day = Math.sin((2 * Math.PI * (ms % dayMs)) / dayMs);
  const load = place.nominalLps > 0 ? flow / place.nominalLps : 0;
  return {
    flow: round(flow, 2),
    level: round(place.levelM + place.levelSwingM * (load - 0.6) + 0.08 * slow + 0.01 * fast, 3),
    temperature: round(15 + 2 * day + slow, 2),
    pressure: round(2.6 + 0.3 * load + 0.1 * slow, 2),
    ph: round(7.4 + 0.2 * slow, 2),
    conductivity: round(430 + 25 * slow + 2 * fast, 1),
    turbidity: round(4 + 2 * Math.abs(slow) + 0.3 * Math.abs(fast), 2),
  };
}

/** Volume between two instants, m3, by steps that are short beside a pump's turns. */
export function volumeBetween(place: DevicePlace, from: Date, to: Date): number {
  const spanMs = Math.max(0, to.getTime() - from.getTime());
  const steps = Math.min(500, Math.max(1, Math.ceil(spanMs / 60_000)));
  let litres = 0;
  for (let step = 0; step < steps; step += 1) {
    const at = new Date(from.getTime() + ((step + 0.5) * spanMs) / steps);
    litres += (deviceState(place, at).flow * spanMs) / steps / 1_000;
  }
  return litres / 1_000;
}

/** In [-1, 1), from a hash (FNV-1a, mixed). */
function noise(seed: string, step: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}#${step}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2_147_483_648 - 1;
}

/** Noise that moves from one value to the next over a period. */
function drift(seed: string, ms: number, periodMs: number): number {
  const step = Math.floor(ms / periodMs);
  const share = (ms % periodMs) / periodMs;
  return noise(seed, step) * (1 - share) + noise(seed, step + 1) * share;
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
