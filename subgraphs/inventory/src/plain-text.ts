/** Postgres keeps every character but one: text with a NUL is refused as a whole, so it is taken out first. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
