/** A phrase as it begins a line: the graph's phrases are written to stand inside of a sentence. */
export function capitalised(phrase: string): string {
  return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}
