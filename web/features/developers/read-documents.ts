/**
 * The documents in what somebody pasted or chose: the text itself, or those of a manifest (`{ "<hash>": "<text>" }` or
 * a list of texts), as tools for clients write one. To the letter: a document is named by the hash of its text.
 */
export function readDocuments(text: string): readonly string[] {
  const manifest = readJson(text);
  if (manifest === null) return text.trim() === '' ? [] : [text];
  return manifest.filter((one) => typeof one === 'string');
}

/** The values of a JSON object or list; null for anything else. A GraphQL document is never JSON. */
function readJson(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.values(value) : null;
  } catch {
    return null;
  }
}
