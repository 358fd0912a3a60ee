import type { DocType } from './use-developer-docs.ts';

/**
 * Types that hold what was typed. One found by its own name keeps all its fields; one found by fields or what they
 * mean, only those. Every word has to be found in the same place.
 */
export function findTypes(types: readonly DocType[], text: string): readonly DocType[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return types;
  const holds = (...texts: readonly string[]) => {
    const place = texts.join(' ').toLowerCase();
    return words.every((word) => place.includes(word));
  };
  const named = types.filter(({ name }) => holds(name));
  const others = types.flatMap((type) => {
    if (named.includes(type)) return [];
    const fields = type.fields.filter(({ name, description }) => holds(type.name, name, description));
    return fields.length === 0 ? [] : [{ ...type, fields }];
  });
  return [...named, ...others];
}
