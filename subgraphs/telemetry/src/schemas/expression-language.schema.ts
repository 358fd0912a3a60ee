import type { TelemetryBuilder } from '../services.ts';
import { longestExpression } from './expressions/expression-compiler.ts';
import { numberFunctions } from './expressions/expression-functions.ts';
import { pointConstants } from './point-constants.ts';

interface LanguageFunction {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

const functions: readonly LanguageFunction[] = [
  ...numberFunctions,
  { name: 'known', least: 1, most: 1 },
  { name: 'or_else', least: 2, most: 2 },
];

/** Adds `expressionLanguage`: what an editor offers. */
export function addExpressionLanguage(builder: TelemetryBuilder): void {
  const known = builder.objectRef<LanguageFunction>('ExpressionFunction').implement({
    description: 'A function that expressions may call.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      least: t.exposeInt('least', { description: 'Arguments at least.' }),
      most: t.exposeInt('most', { description: 'Arguments at most.' }),
    }),
  });
  const constant = builder.objectRef<(typeof pointConstants)[number]>('ExpressionConstant').implement({
    description: 'Something of the point itself that expressions may use.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      unit: t.exposeString('unit', { description: 'Its unit.' }),
    }),
  });
  const language = builder.objectRef<object>('ExpressionLanguage').implement({
    description:
      'What expressions are made of: CEL’s numbers, arithmetic, comparisons, logic and choice, and what is named here. Nothing else can be reached.',
    fields: (t) => ({
      functions: t.field({ type: [known], description: 'Functions.', resolve: () => [...functions] }),
      constants: t.field({
        type: [constant],
        description: 'Constants of the point.',
        resolve: () => [...pointConstants],
      }),
      longest: t.int({ description: 'Characters of an expression at most.', resolve: () => longestExpression }),
    }),
  });
  builder.queryField('expressionLanguage', (t) =>
    t.field({
      type: language,
      authScopes: { permission: 'telemetry:read' },
      description: 'What the expressions of schemas may use.',
      resolve: () => ({}),
    }),
  );
}
