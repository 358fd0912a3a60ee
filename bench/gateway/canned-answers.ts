import { type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql';

export interface CannedAnswer {
  readonly data: Record<string, unknown>;
}

/** Answers of subgraphs as recorded text; what a gateway then does with them is its own work alone. */
export interface CannedAnswers {
  /** The answer to a query, as fresh objects. The first time it is worked out, later it is only read. */
  answer(subgraph: string, query: string, variables: Record<string, unknown>): CannedAnswer | Promise<CannedAnswer>;
  /** Reads every recorded answer this many times ahead, so that a round can be timed without the reading. */
  readAhead(times: number): void;
  readonly texts: readonly string[];
}

interface Recorded {
  readonly text: string;
  readonly ahead: CannedAnswer[];
}

export function createCannedAnswers(schemas: ReadonlyMap<string, GraphQLSchema>): CannedAnswers {
  const recorded = new Map<string, Recorded>();
  const record = async (subgraph: string, query: string, variables: Record<string, unknown>) => {
    const schema = schemas.get(subgraph);
    if (schema === undefined) throw new Error(`No subgraph ${subgraph}`);
    const document: DocumentNode = parse(query);
    const result = await execute({ schema, document, variableValues: variables });
    if (result.errors !== undefined) throw new Error(`${subgraph}: ${result.errors[0]?.message}`);
    const entry = { text: JSON.stringify({ data: result.data }), ahead: [] };
    recorded.set(query, entry);
    return read(entry);
  };
  return {
    answer(subgraph, query, variables) {
      const entry = recorded.get(query);
      return entry === undefined ? record(subgraph, query, variables) : (entry.ahead.pop() ?? read(entry));
    },
    readAhead(times) {
      for (const entry of recorded.values())
        for (let count = 0; count < times; count += 1) entry.ahead.push(read(entry));
    },
    get texts() {
      return [...recorded.values()].map(({ text }) => text);
    },
  };
}

function read({ text }: Recorded): CannedAnswer {
  return JSON.parse(text);
}
