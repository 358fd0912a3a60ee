import { createRandom, type Random } from '@cauce/prisma/seed/random';

/** What a device says: its reading with an id of its own. */
export interface DeviceSaying {
  readonly id: string;
  readonly ts: string;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * What goes wrong between a meter and us. STEADY: nothing. OUTAGE: the device is off for stretches, and what it would
 * have said is never said. LATE_BURST: it keeps its readings for a while and sends them at once. DUPLICATES: it says
 * things twice, at once or much later. OUT_OF_ORDER: neighbours change places. COUNTER_RESET: the counter begins again
 * at zero now and then. DRIFT: its level sensor wanders off. BAD_CLOCK: some readings carry an absurd time.
 */
export const simulatorScenarios = [
  'STEADY',
  'OUTAGE',
  'LATE_BURST',
  'DUPLICATES',
  'OUT_OF_ORDER',
  'COUNTER_RESET',
  'DRIFT',
  'BAD_CLOCK',
] as const;

export type SimulatorScenario = (typeof simulatorScenarios)[number];

/** A line from one device that behaves badly in one way, the same for the same seed. */
export interface FaultyLine {
  /** What arrives when the device has something to say: nothing, this, or more. */
  pass(saying: DeviceSaying): readonly DeviceSaying[];
  /** What is still on its way. */
  rest(): readonly DeviceSaying[];
}

/** @param counters the channels that count */
export function createFaultyLine(
  scenario: SimulatorScenario,
  seed: string,
  counters: ReadonlySet<string> = new Set(),
): FaultyLine {
  const random = createRandom(`${scenario}:${seed}`);
  switch (scenario) {
    case 'STEADY':
      return onTheSpot((saying) => [saying]);
    case 'OUTAGE':
      return outage(random);
    case 'LATE_BURST':
      return held(random, 5, 30, (sayings) => sayings);
    case 'OUT_OF_ORDER':
      return held(random, 2, 6, (sayings) => shuffled(random, sayings));
    case 'DUPLICATES':
      return duplicates(random);
    case 'COUNTER_RESET':
      return counterReset(random, counters);
    case 'DRIFT':
      return drift(random);
    case 'BAD_CLOCK':
      return onTheSpot((saying) => [random.chance(0.2) ? { ...saying, ts: badTime(random, saying.ts) } : saying]);
  }
}

function onTheSpot(pass: FaultyLine['pass']): FaultyLine {
  return { pass, rest: () => [] };
}

function outage(random: Random): FaultyLine {
  let left = random.int(10, 30);
  let isOff = false;
  return onTheSpot((saying) => {
    left -= 1;
    if (left <= 0) {
      isOff = !isOff;
      left = isOff ? random.int(3, 15) : random.int(10, 30);
    }
    return isOff ? [] : [saying];
  });
}

/** Keeps some sayings and lets them go together. */
function held(
  random: Random,
  fewest: number,
  most: number,
  release: (sayings: readonly DeviceSaying[]) => readonly DeviceSaying[],
): FaultyLine {
  let kept: DeviceSaying[] = [];
  let room = random.int(fewest, most);
  const letGo = () => {
    const going = release(kept);
    kept = [];
    room = random.int(fewest, most);
    return going;
  };
  return {
    pass: (saying) => {
      kept.push(saying);
      return kept.length >= room ? letGo() : [];
    },
    rest: letGo,
  };
}

function shuffled(random: Random, sayings: readonly DeviceSaying[]): readonly DeviceSaying[] {
  return sayings
    .map((saying) => ({ saying, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ saying }) => saying);
}

function duplicates(random: Random): FaultyLine {
  const past: DeviceSaying[] = [];
  return onTheSpot((saying) => {
    past.push(saying);
    if (past.length > 50) past.shift();
    const old = random.chance(0.2) ? [past[random.int(0, past.length - 1)] ?? saying] : [];
    return random.chance(0.3) ? [saying, saying, ...old] : [saying, ...old];
  });
}

function counterReset(random: Random, counters: ReadonlySet<string>): FaultyLine {
  let base: Readonly<Record<string, number>> = {};
  let left = random.int(20, 60);
  return onTheSpot((saying) => {
    left -= 1;
    if (left <= 0) {
      base = saying.values;
      left = random.int(20, 60);
    }
    const values = Object.entries(saying.values).map(([channel, value]) => [
      channel,
      counters.has(channel) ? value - (base[channel] ?? 0) : value,
    ]);
    return [{ ...saying, values: Object.fromEntries(values) }];
  });
}

function drift(random: Random): FaultyLine {
  const step = random.between(0.005, 0.02);
  let offset = 0;
  return onTheSpot((saying) => {
    const { level } = saying.values;
    if (level === undefined) return [saying];
    offset += step;
    return [{ ...saying, values: { ...saying.values, level: Math.round((level + offset) * 1_000) / 1_000 } }];
  });
}

/** The epoch, a clock that was never set, a battery that was changed, or one that runs two days ahead. */
function badTime(random: Random, ts: string): string {
  const ahead = new Date(Date.parse(ts) + 2 * 86_400_000).toISOString();
  return random.pick(['1970-01-01T00:00:00.000Z', '1980-01-06T00:00:00.000Z', '2000-01-01T00:00:00.000Z', ahead]);
}
