/** How large an operation may be, whoever asks. What it may cost is a matter of who asks: `cost-budget.ts`. */
export interface OperationLimits {
  /** Nesting of fields; introspection has a rule of its own. */
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  readonly maxRootFields: number;
  /** Fields and fragments once every fragment stands where it is spread: what planning has to walk. */
  readonly maxSelections: number;
  /** One name in one selection set; validation takes the square of it. */
  readonly maxRepeats: number;
}

/**
 * Sizes between what the web app needs and what the usual attacks bring. The sizes that are usually advised (depth 6,
 * 15 aliases, 1,000 tokens) are for graphs of plain lists: one level of a Relay connection is three of depth, and a
 * page of the dashboard names many numbers of few fields.
 */
export const defaultLimits: OperationLimits = {
  maxDepth: 14,
  maxAliases: 40,
  maxDirectives: 60,
  maxRootFields: 30,
  maxSelections: 1_000,
  maxRepeats: 30,
};

/** Tokens one document may have; the parser stops there. */
export const maxTokens = 4_000;
