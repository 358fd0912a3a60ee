/**
 * Text of a cell as a database and a spreadsheet can keep it: accents in one piece, no half characters, and a blank in
 * the place of what no screen shows. Ends are trimmed; what is only invisible is empty.
 */
export function cleanText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.trim();
  const clean = text.toWellFormed().normalize('NFC').replace(unstorable, ' ').trim();
  return withoutMarks(clean) === '' ? '' : clean;
}

/** Without marks that are not seen: zero-width blanks, and those that say which way a text runs. */
export function withoutMarks(text: string): string {
  return text.replace(/\p{Cf}+/gu, '').trim();
}

/** The beginning of a text, at most so long, and never half a character. */
export function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const isTorn = /[\ud800-\udbff]/.test(text.charAt(longest - 1));
  return text.slice(0, isTorn ? longest - 1 : longest);
}

// Control characters but for the tab and the end of a line, and the two that are no characters.
const unstorable = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]+/gu;
