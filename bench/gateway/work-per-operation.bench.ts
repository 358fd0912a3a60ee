import { createCatalogSchemas } from './catalog.ts';
import { type Contestant, measureInTurns } from './measure.ts';
import type { Rival } from './rivals.ts';

// Read when the rivals load: both then run as they do for users, and nobody is told of it.
process.env.NODE_ENV = 'production';
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
const { createApollo, createOurs } = await import('./rivals.ts');

/**
 * A gateway's own work for one operation: CPU time of the process, all threads, with subgraphs that answer from a tin.
 * Both gateways run in this process, in turns, so that whatever else the machine does falls on both.
 *
 *   node bench/gateway/work-per-operation.bench.ts [milliseconds per round]
 */
const roundMs = Number(process.argv[2] ?? 250);

type Mode = 'objects' | 'text';

const modes: Readonly<Record<Mode, string>> = {
  objects: 'Executor alone: answers come as objects, and the result stays one',
  text: 'With JSON: every answer is parsed, and the result is written',
};

for (const mode of ['objects', 'text'] as const) {
  console.log(`\n${modes[mode]}`);
  for (const products of [20, 200, 2_000]) console.log(`  ${await compare(mode, products, null)}`);
  console.log(`  ${await compare(mode, 200, 10)}`);
}

/** One line: both gateways on the same operation over the same answers. */
async function compare(mode: Mode, products: number, authors: number | null): Promise<string> {
  const schemas = createCatalogSchemas(authors);
  const ours = createOurs(schemas);
  const apollo = await createApollo(schemas);
  const variables = { first: products };
  const result = JSON.stringify(await ours.run(variables));
  if (result !== JSON.stringify(await apollo.run(variables))) throw new Error('The gateways do not answer alike');
  if (ours.canned.texts.length !== apollo.canned.texts.length) throw new Error('The plans differ in their fetches');
  const contestants = [ours, apollo].map((rival) => asContestant(rival, variables, mode));
  if (mode === 'text') contestants.push(createFloor(ours, result));
  const [oursUs = 0, apolloUs = 0, floorUs] = await measureInTurns(contestants, roundMs);
  await apollo.stop();
  const figures = [
    `${products} products${authors === null ? '' : `, ${authors} authors`}`.padEnd(24),
    `cauce ${us(oursUs)}`,
    `@apollo/gateway ${us(apolloUs)}`,
    `ratio ${(apolloUs / oursUs).toFixed(1).padStart(5)}`,
  ];
  if (floorUs !== undefined) {
    const ratio = (apolloUs - floorUs) / (oursUs - floorUs);
    // The best ratio that any gateway can have that parses every answer and writes the result by V8's own JSON.
    const best = apolloUs / floorUs;
    figures.push(
      `JSON alone ${us(floorUs)}, ratio ${best.toFixed(1).padStart(4)}`,
      `ratio of the rest ${ratio.toFixed(1).padStart(5)}`,
    );
  }
  return figures.join('   ');
}

function asContestant({ canned, run }: Rival, variables: Record<string, unknown>, mode: Mode): Contestant {
  return mode === 'objects'
    ? { prepare: (count) => canned.readAhead(count), run: () => run(variables) }
    : { prepare: () => undefined, run: async () => JSON.stringify(await run(variables)).length };
}

/** What no gateway in this place can do without: reading the same answers and writing the same result. */
function createFloor({ canned }: Rival, result: string): Contestant {
  const answer: unknown = JSON.parse(result);
  return {
    prepare: () => undefined,
    async run() {
      for (const text of canned.texts) JSON.parse(text);
      return JSON.stringify(answer).length;
    },
  };
}

function us(value: number): string {
  return `${value.toFixed(0).padStart(6)} µs`;
}
