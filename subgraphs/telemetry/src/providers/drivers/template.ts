/** Names between double braces: `{{device}}`, `{{secret.apiKey}}`. */
const placeholder = /\{\{\s*([A-Za-z][\w.]*)\s*\}\}/g;

/** The names that a template asks for. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, name]) => name ?? '');
}

/**
 * Puts values in the place of their names. `encode` makes each fit for where it goes, so that no value can add a path
 * segment, a parameter or a header. Throws for a name without a value.
 */
export function fillTemplate(
  template: string,
  lookUp: (name: string) => string | undefined,
  encode: (value: string) => string,
): string {
  return template.replaceAll(placeholder, (_whole, name: string) => {
    const value = lookUp(name);
    if (value === undefined) throw new Error(`Nothing is known of ${name}`);
    return encode(value);
  });
}
