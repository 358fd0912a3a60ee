import type { PathStep } from '../plan/query-plan.ts';
import type { GeneratedCode } from './generated-code.ts';
import { literal, read } from './generated-code.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** Text that runs `visit(name)` for every object at the end of a path that starts at the object named `start`. */
export function pathWalkText(
  code: GeneratedCode,
  steps: readonly PathStep[],
  start: string,
  visit: (object: string) => string,
): string {
  const [step, ...rest] = steps;
  if (step === undefined) return `if (typeof ${start} === 'object' && ${start} !== null) { ${visit(start)} }`;
  const value = code.unique('v');
  switch (step.kind) {
    case 'field':
      return (
        `if (typeof ${start} === 'object' && ${start} !== null) { const ${value} = ${read(start, step.name)};\n` +
        `${pathWalkText(code, rest, value, visit)} }`
      );
    case 'list': {
      const index = code.unique('i');
      return (
        `if (Array.isArray(${start})) for (let ${index} = 0; ${index} < ${start}.length; ${index}++) { ` +
        `const ${value} = ${start}[${index}];\n${pathWalkText(code, rest, value, visit)} }`
      );
    }
    case 'type': {
      const tests = [...step.typeNames].map((name) => `${value} === ${literal(name)}`);
      return (
        `if (typeof ${start} === 'object' && ${start} !== null) { const ${value} = ${start}.__typename;\n` +
        `if (${tests.join(' || ') || 'false'}) { ${pathWalkText(code, rest, start, visit)} } }`
      );
    }
  }
}

/** The same walk for the rare case that needs to know where each object stands. */
export function walkPath(
  value: unknown,
  steps: readonly PathStep[],
  visit: (object: JsonObject, path: readonly (string | number)[]) => void,
  path: readonly (string | number)[] = [],
): void {
  const [step, ...rest] = steps;
  if (step?.kind === 'list') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) walkPath(item, rest, visit, [...path, index]);
    return;
  }
  if (!isJsonObject(value)) return;
  if (step === undefined) visit(value, path);
  else if (step.kind === 'field') {
    if (Object.hasOwn(value, step.name)) walkPath(value[step.name], rest, visit, [...path, step.name]);
  } else if (typeof value.__typename === 'string' && step.typeNames.has(value.__typename)) {
    walkPath(value, rest, visit, path);
  }
}
