import { z } from 'zod';

const demoSignIn = z.object({ email: z.string(), password: z.string(), name: z.string(), role: z.string() });
export type DemoSignIn = z.infer<typeof demoSignIn>;

const schema = z.object({
  GATEWAY_URL: z.url().default('http://127.0.0.1:4000/graphql'),
  GATEWAY_PORT: z.coerce.number().int().default(4000),
  PUBLIC_GATEWAY_URL: z.url().optional(),
  CAUCE_MODE: z.enum(['demo', 'production']).default('production'),
  /** JSON list of sign-ins to offer on the sign-in page; only read in demo mode. */
  CAUCE_DEMO_SIGN_INS: z
    .string()
    .default('[]')
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(demoSignIn)),
});

/** The settings of the web server, read when a request needs them: nothing is baked into the build. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env) {
  const parsed = schema.parse(variables);
  return {
    /** Where this server finds the gateway. */
    gatewayUrl: parsed.GATEWAY_URL,
    demoSignIns: parsed.CAUCE_MODE === 'demo' ? parsed.CAUCE_DEMO_SIGN_INS : [],
    /** Where a browser that came to `host` finds the gateway: next to this server unless told otherwise. */
    publicGatewayUrl: (host: string | null, isSecure: boolean): string => {
      if (parsed.PUBLIC_GATEWAY_URL !== undefined) return parsed.PUBLIC_GATEWAY_URL;
      const name = new URL(`http://${host ?? 'localhost'}`).hostname;
      return `${isSecure ? 'https' : 'http'}://${name}:${parsed.GATEWAY_PORT}/graphql`;
    },
  };
}
