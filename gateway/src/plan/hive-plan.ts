import { z } from 'zod';

/** What Hive's planner answers, as far as we can run it; anything else does not parse. */
export interface HivePlan {
  readonly node?: HiveNode | undefined;
}

export type HiveNode =
  | HiveFetch
  | HiveBatch
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: readonly HiveNode[] }
  | { readonly kind: 'Flatten'; readonly path: readonly HivePathSegment[]; readonly node: HiveNode }
  | { readonly kind: 'Subscription'; readonly primary: HiveFetch };

export type HiveFetch = z.infer<typeof fetch>;
/** Several entity fetches of one subgraph in one query, under an alias each. */
export type HiveBatch = z.infer<typeof batch>;
export type HivePathSegment = z.infer<typeof pathSegment>;
export type HiveRewrite = z.infer<typeof rewrite>;

export type HiveRequired =
  | { readonly kind: 'Field'; readonly name: string; readonly selections?: readonly HiveRequired[] | undefined }
  | { readonly kind: 'InlineFragment'; readonly typeCondition: string; readonly selections: readonly HiveRequired[] };

const required: z.ZodType<HiveRequired> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('Field'),
      name: z.string(),
      selections: z.array(required).optional(),
    }),
    z.strictObject({
      kind: z.literal('InlineFragment'),
      typeCondition: z.string(),
      selections: z.array(required),
    }),
  ]),
);

const pathSegment = z.union([
  z.literal('@'),
  z.strictObject({ Field: z.string() }),
  z.strictObject({ TypeCondition: z.array(z.string()) }),
]);

const rewritePath = z.array(
  z.union([z.strictObject({ TypenameEquals: z.array(z.string()) }), z.strictObject({ Key: z.string() })]),
);
const valueSetter = z.object({ path: rewritePath, setValueTo: z.string() });
const rewrite = z.union([
  z.strictObject({ ValueSetter: valueSetter }),
  z.strictObject({ KeyRenamer: z.object({ path: rewritePath, renameKeyTo: z.string() }) }),
  valueSetter.extend({ kind: z.literal('ValueSetter') }).transform((ValueSetter) => ({ ValueSetter })),
]);

const asked = {
  serviceName: z.string(),
  variableUsages: z.array(z.string()).optional(),
  operationKind: z.enum(['query', 'mutation', 'subscription']).optional(),
  operationName: z.string().optional(),
  operation: z.string(),
};
const entities = {
  inputRewrites: z.array(rewrite).optional(),
  outputRewrites: z.array(rewrite).optional(),
};

const fetch = z.strictObject({
  ...{ kind: z.literal('Fetch'), ...asked, ...entities },
  requires: z.array(required).optional(),
});

const batch = z.strictObject({
  ...{ kind: z.literal('BatchFetch'), ...asked },
  entityBatch: z.strictObject({
    aliases: z.array(
      z.strictObject({
        ...{ alias: z.string(), representationsVariableName: z.string(), ...entities },
        paths: z.array(z.array(pathSegment)),
        requires: z.array(required),
      }),
    ),
  }),
});

const node: z.ZodType<HiveNode> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    fetch,
    batch,
    z.strictObject({ kind: z.enum(['Sequence', 'Parallel']), nodes: z.array(node) }),
    z.strictObject({ kind: z.literal('Flatten'), path: z.array(pathSegment), node }),
    z.strictObject({ kind: z.literal('Subscription'), primary: fetch }),
  ]),
);

/** Reads a plan; throws for every kind of node or property that is not named here. */
export const hivePlan: z.ZodType<HivePlan> = z.strictObject({ kind: z.literal('QueryPlan'), node: node.optional() });
