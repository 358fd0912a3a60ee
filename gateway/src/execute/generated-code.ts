/**
 * Functions written for one plan. A loop over field names reads and writes each object through a lookup by name;
 * code in which the names stand as text lets V8 read a field in one step, which is most of the speed of this executor.
 * Only two things ever enter the text: GraphQL names, which are checked here, and numbers. Everything else is passed in.
 */
export interface GeneratedCode {
  /** A name by which the text may use this value. */
  constant(value: unknown): string;
  /** A name that nothing else in the text has. */
  unique(prefix: string): string;
  /** Adds a whole function or statement to the text. */
  add(text: string): void;
  /** Runs the text and returns what `expression` stands for in it. Its type is the caller's to say. */
  build<Value>(expression: string): Value;
}

export function createGeneratedCode(): GeneratedCode {
  const names: string[] = [];
  const values: unknown[] = [];
  const texts: string[] = [];
  let count = 0;
  const unique = (prefix: string) => {
    count += 1;
    return `${prefix}${count}`;
  };
  return {
    unique,
    constant(value) {
      const name = unique('c');
      names.push(name);
      values.push(value);
      return name;
    },
    add: (text) => texts.push(text),
    build: (expression) => {
      const create = new Function(...names, `'use strict';\n${texts.join('\n')}\nreturn ${expression};`);
      return create(...values);
    },
  };
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;
const inheritedNames = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A GraphQL name as a string literal. Throws for anything else. */
export function literal(name: string): string {
  if (!graphqlName.test(name)) throw new Error(`${JSON.stringify(name)} is not a GraphQL name`);
  return `"${name}"`;
}

/** Text that reads a field: what every object inherits, such as `constructor`, counts only where it was sent. */
export function read(object: string, name: string): string {
  const key = literal(name);
  return inheritedNames.has(name)
    ? `(Object.hasOwn(${object}, ${key}) ? ${object}[${key}] : undefined)`
    : `${object}.${name}`;
}

/** A key of an object literal; `__proto__` would otherwise set the prototype. */
export function literalKey(name: string): string {
  return `[${literal(name)}]`;
}

/** Text that sets a field as the object's own. */
export function write(object: string, name: string, value: string): string {
  const key = literal(name);
  return name === '__proto__'
    ? `Object.defineProperty(${object}, ${key}, { value: ${value}, enumerable: true, configurable: true, writable: true });`
    : `${object}.${name} = ${value};`;
}
