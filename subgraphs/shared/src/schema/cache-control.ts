import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLNonNull, GraphQLString } from 'graphql';

/** What the gateway may keep of a subgraph's answers. Nothing is kept that does not say so. */
export type CacheControl = {
  /** Seconds. A bound for what no event speaks of, such as a table restored from a copy; changes are told by events. */
  readonly maxAge: number;
  /** `RIGHTS`: the same for viewers of equal rights, whoever they are. `PUBLIC`: the same for everybody. */
  readonly scope: 'RIGHTS' | 'PUBLIC';
  /**
   * On a type: events of this topic, with the entity's id as their key, announce every change of what its fields are
   * made from, and every entity that comes or goes. It begins with the name of the subgraph and speaks of that
   * subgraph's fields alone.
   */
  readonly topic?: string;
};

/** An address of ours that is never fetched. */
const specification = 'https://specs.cauce.example/cache/v1.0';

const cacheControl = new GraphQLDirective({
  name: 'cacheControl',
  locations: [DirectiveLocation.OBJECT, DirectiveLocation.FIELD_DEFINITION],
  args: {
    maxAge: { type: new GraphQLNonNull(GraphQLInt) },
    scope: { type: new GraphQLNonNull(GraphQLString) },
    topic: { type: GraphQLString },
  },
});

/**
 * On a mutation: it changes nothing that a subgraph lets the gateway keep, so that what is kept outlives it. Any other
 * mutation ends all that is kept of its subgraph, at the gateway that it came through.
 */
const sparesCache = new GraphQLDirective({ name: 'sparesCache', locations: [DirectiveLocation.FIELD_DEFINITION] });

/** What a subgraph with `@cacheControl` in its schema builds it with, so that composition carries it on. */
export const cacheSchemaOptions = {
  directives: [cacheControl, sparesCache],
  composeDirectives: ['@cacheControl' as const, '@sparesCache' as const],
  extensions: {
    directives: [{ name: 'link', args: { url: specification, import: ['@cacheControl', '@sparesCache'] } }],
  },
};
